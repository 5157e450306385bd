// Finds sentences that nobody says, as the compiler sees it: which part of a catalog each access of the program means.
// The compiler's interface is called unstable by its makers; the version is pinned.
import { join } from 'node:path';
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isJsxExpression,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  type BindingElement,
  type Expression,
  type Node,
} from 'typescript/unstable/ast';
import { API, SignatureKind, type Checker, type Symbol, type Type } from 'typescript/unstable/sync';

/** Files of catalogs, and what each of them is named there. */
export type Catalogs = Readonly<Record<string, string>>;

/**
 * The paths of all sentences below these catalogs that no file of the program reads. What is handed on as a whole, to
 * where it is known by another type, counts as read as far as that type goes.
 */
export function unusedSentences(root: string, catalogs: Catalogs): readonly string[] {
  // All rooms at once: a room by itself sees the others by their declarations only.
  const config = join(root, 'tsconfig.sentences.json');
  const text = JSON.stringify({
    extends: './tsconfig.json',
    compilerOptions: {
      composite: false,
      declaration: false,
      emitDeclarationOnly: false,
      noEmit: true,
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: ['node'],
      paths: { '@contract/*': ['./electron/contract/*'] },
    },
    include: ['electron/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.tsx'],
    references: [],
  });
  const api = new API({
    cwd: root,
    fs: {
      readFile: (path) => (path === config ? text : undefined),
      fileExists: (path) => (path === config ? true : undefined),
    },
  });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (project === undefined) throw new Error('the compiler did not open the program');
    const { checker, program } = project;
    const sentences = new Map<string, string>();
    const names = new Set<string>();
    for (const [file, name] of Object.entries(catalogs)) {
      const source = program.getSourceFile(join(root, file));
      const module = source && checker.getSymbolAtLocation(source);
      const catalog = module && checker.getExportsOfModule(module).find((one) => one.name === name);
      if (catalog === undefined) throw new Error(`${file} has no ${name}`);
      collect(checker, catalog, name, sentences, names);
    }
    const read = new Set<string>();
    const files = program.getSourceFileNames().filter((file) => file.startsWith(root) && !/node_modules/.test(file));
    for (const file of files) {
      const source = program.getSourceFile(file);
      if (source)
        for (const symbol of readIn(checker, source, names)) for (const one of placesOf(symbol)) read.add(one);
    }
    return [...sentences].filter(([place]) => !read.has(place)).map(([, path]) => path);
  } finally {
    api.close();
  }
}

/** Where a property is declared; a spread keeps that. */
const placesOf = ({ declarations }: Symbol): readonly string[] =>
  declarations.map(({ path, index }) => `${path}#${index}`);

const isCatalog = (symbol: Symbol): boolean =>
  symbol.declarations.some(({ path }) => path.includes('/contract/messages/'));

/** Notes every sentence by the place where it stands, and the names on the way there. */
function collect(
  checker: Checker,
  symbol: Symbol,
  path: string,
  sentences: Map<string, string>,
  names: Set<string>,
): void {
  for (const inner of propertiesOf(checker, checker.getTypeOfSymbol(symbol))) {
    names.add(inner.name);
    const at = `${path}.${inner.name}`;
    if (propertiesOf(checker, checker.getTypeOfSymbol(inner)).length > 0) {
      collect(checker, inner, at, sentences, names);
    } else for (const place of placesOf(inner)) sentences.set(place, at);
  }
}

/** The properties of a group of sentences; empty for a sentence, and for what has nothing to do with them. */
function propertiesOf(checker: Checker, type: Type | undefined): readonly Symbol[] {
  if (type === undefined || !type.isObjectType()) return [];
  if (checker.getSignaturesOfType(type, SignatureKind.Call).length > 0) return [];
  return checker.getPropertiesOfType(type).filter(isCatalog);
}

function readIn(checker: Checker, source: Node, names: ReadonlySet<string>): readonly Symbol[] {
  const accesses: Node[] = [];
  const patterns: { readonly node: Node; readonly elements: readonly BindingElement[] }[] = [];
  const lookUps: { readonly object: Expression; readonly index: Expression }[] = [];
  const handedOn: Expression[] = [];
  const visit = (node: Node): void => {
    if (isPropertyAccessExpression(node)) {
      if (names.has(node.name.text)) accesses.push(node.name);
    } else if (isElementAccessExpression(node)) {
      lookUps.push({ object: node.expression, index: node.argumentExpression });
    } else if (isObjectBindingPattern(node)) patterns.push({ node, elements: node.elements });
    else if (isCallExpression(node)) handedOn.push(...node.arguments.filter(isName));
    else if (isJsxExpression(node) && node.expression && isName(node.expression)) handedOn.push(node.expression);
    node.forEachChild(visit);
  };
  source.forEachChild(visit);

  const found: (Symbol | undefined)[] = [];
  if (accesses.length > 0) found.push(...checker.getSymbolAtLocation(accesses));
  const objects = patterns.length > 0 ? checker.getTypeAtLocation(patterns.map(({ node }) => node)) : [];
  patterns.forEach(({ elements }, i) => {
    const type = objects[i];
    for (const { propertyName, name } of elements) {
      const key = propertyName ?? name;
      if (type && key && isIdentifier(key)) {
        if (names.has(key.text)) found.push(checker.getPropertyOfType(type, key.text));
      } else if (type && key) {
        // In quotes, or by a value: everything that it can be.
        found.push(...propertiesOf(checker, type));
      }
    }
  });
  const groups = lookUps.length > 0 ? checker.getTypeAtLocation(lookUps.map(({ object }) => object)) : [];
  lookUps.forEach(({ index }, i) => {
    const properties = propertiesOf(checker, groups[i]);
    if (properties.length === 0) return;
    const keys = textsOf(checker, checker.getTypeAtLocation(index));
    found.push(...properties.filter(({ name }) => keys === null || keys.includes(name)));
  });
  const wholes = handedOn.length > 0 ? checker.getTypeAtLocation(handedOn) : [];
  handedOn.forEach((node, i) => {
    const properties = propertiesOf(checker, wholes[i]);
    if (properties.length > 0) found.push(...takenElsewhere(checker, node, properties));
  });
  return found.filter((symbol) => symbol !== undefined);
}

const isName = (node: Node): node is Expression => isIdentifier(node) || isPropertyAccessExpression(node);

/** What is taken from a group by where it goes; where that has the catalog's own type, its readers are found there. */
function takenElsewhere(checker: Checker, node: Expression, group: readonly Symbol[]): readonly Symbol[] {
  const type = checker.getContextualType(node);
  const wanted = type ? checker.getPropertiesOfType(type) : [];
  if (wanted.some(isCatalog)) return [];
  return wanted.length === 0 ? group : group.filter(({ name }) => wanted.some((one) => one.name === name));
}

/** All texts that a value of this type can be; null: any. */
function textsOf(checker: Checker, type: Type | undefined): readonly string[] | null {
  if (type === undefined) return null;
  if (type.isStringLiteralType()) return [type.value];
  if (type.isTypeParameter()) return textsOf(checker, checker.getBaseConstraintOfType(type));
  if (!type.isUnionType()) return null;
  const all = type.getTypes().map((one) => textsOf(checker, one));
  return all.every((one) => one !== null) ? all.flat() : null;
}
