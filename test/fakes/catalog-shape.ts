// What a catalog of sentences is made of, read from its sources: every key, and what each sentence is told.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

type Node = { readonly type: string; readonly [name: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const nodesIn = (node: Node): readonly Node[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));

function contains(node: Node, test: (one: Node) => boolean): boolean {
  return test(node) || nodesIn(node).some((inner) => contains(inner, test));
}

const nameOf = (node: unknown): string => {
  const { name, value } = node as { name?: string; value?: unknown };
  return name ?? String(value);
};

/** The expression behind `as`, `satisfies` and brackets. */
function bare(node: Node): Node {
  return ['TSAsExpression', 'TSSatisfiesExpression', 'ParenthesizedExpression'].includes(node.type)
    ? bare(node['expression'] as Node)
    : node;
}

/** Names of what a function is told: its parameters, and the properties of those that are taken apart. */
function told(params: readonly Node[]): readonly string[] {
  return params.map((param) => {
    const pattern = param.type === 'AssignmentPattern' ? (param['left'] as Node) : param;
    if (pattern.type !== 'ObjectPattern') return nameOf(pattern);
    const properties = (pattern['properties'] as Node[]).map((property) => nameOf(property['key']));
    return `{ ${properties.toSorted().join(', ')} }`;
  });
}

const uses = (body: Node, name: string): boolean =>
  contains(body, (one) => one.type === 'Identifier' && one['name'] === name);

/**
 * Every sentence of one file: its path in the catalog, and what it is told: null for one that is always the same.
 * A parameter that the sentence does not use is left out, as if it were not told.
 */
export function catalogShape(folder: string, file: string): ReadonlyMap<string, readonly string[] | null> {
  const { program } = parseSync(file, readFileSync(join(folder, file), 'utf8'));
  const declared = new Map<string, Node>();
  const exported: string[] = [];
  for (const statement of program.body as unknown as readonly Node[]) {
    const isExport = statement.type === 'ExportNamedDeclaration';
    const declaration = isExport ? (statement['declaration'] as Node | null) : statement;
    if (declaration?.type === 'FunctionDeclaration') declared.set(nameOf(declaration['id']), declaration);
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const one of declaration['declarations'] as Node[]) {
      declared.set(nameOf(one['id']), one['init'] as Node);
      if (isExport) exported.push(nameOf(one['id']));
    }
  }
  const shape = new Map<string, readonly string[] | null>();
  /** A table of functions behind an index is one sentence for each of its kinds; words in one are the language's own affair. */
  const tables = (body: Node): readonly Node[] =>
    [...declared.values()].filter((value) => {
      const name = [...declared].find(([, one]) => one === value)?.[0] ?? '';
      return (
        bare(value).type === 'ObjectExpression' &&
        contains(body, (one) => one.type === 'MemberExpression' && one['computed'] === true && uses(one, name))
      );
    });

  function walk(node: Node, path: string, seen: readonly Node[]): void {
    const value = bare(node);
    if (seen.includes(value)) return;
    if (value.type === 'Identifier' && declared.has(nameOf(value))) {
      return walk(declared.get(nameOf(value)) as Node, path, [...seen, value]);
    }
    if (value.type === 'ObjectExpression') {
      for (const property of value['properties'] as Node[]) {
        if (property.type === 'SpreadElement') walk(property['argument'] as Node, path, seen);
        else walk(property['value'] as Node, `${path}.${nameOf(property['key'])}`, seen);
      }
      return;
    }
    if (!value.type.includes('Function')) {
      if (!path.includes('[]')) shape.set(path, null);
      return;
    }
    const params = value['params'] as Node[];
    const body = value['body'] as Node;
    shape.set(path, told(params.filter((param) => param.type !== 'Identifier' || uses(body, nameOf(param)))));
    for (const table of tables(body)) walk(table, `${path}[]`, [...seen, value]);
  }

  for (const name of exported) walk(declared.get(name) as Node, name, []);
  return shape;
}
