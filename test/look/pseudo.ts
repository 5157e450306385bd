// A language that nobody speaks: English with marks on its letters, about 40 % longer, in brackets. What does not fit in
// it, and what is cut off (no closing bracket), would not fit in some language; what has no marks is not in the catalog.

const marks: Readonly<Record<string, string>> = {
  a: 'áà',
  e: 'éè',
  i: 'íì',
  o: 'óò',
  u: 'úù',
  y: 'ý',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
};

/** Longer words rather than more of them: those are what does not fit. */
export function pseudo(text: string): string {
  if (text.trim() === '') return text;
  const marked = text.replaceAll(/[aeiouyAEIOU]/g, (letter) => marks[letter] ?? letter);
  const wanted = Math.ceil(text.length * 1.4);
  const filler = ' ẃíðé ẁíđë ŵîđê'.repeat(Math.ceil(wanted / 10));
  return `[${marked}${filler.slice(0, Math.max(0, wanted - marked.length - 2)).trimEnd()}]`;
}

/** Data among the sentences. */
const kept = new Set(['language', 'example']);

/** A catalog in that language: every text in it, and every text that its functions give. */
export function pseudoCatalog<T>(value: T, key = ''): T {
  if (kept.has(key)) return value;
  if (typeof value === 'string') return pseudo(value) as T;
  if (typeof value === 'function') {
    return ((...told: unknown[]) => pseudoCatalog((value as (...told: unknown[]) => unknown)(...told))) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => pseudoCatalog(one as unknown)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, pseudoCatalog(inner, name)])) as T;
}
