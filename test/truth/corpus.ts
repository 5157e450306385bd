// All configurations that are judged: by hand, one for every value of every option, and many that a seed makes.
import type { Json } from '../../electron/contract/json.ts';
import { careless } from './careless.ts';
import { caseOf, hashOf, type Case } from './case.ts';
import { handMade } from './hand-made.ts';
import { randomFrom, type Random } from './random.ts';
import { values } from './values.ts';

/** Changing it makes another corpus: then all of the generated ones have to be judged anew. */
export const seed = 20_261_125;

const generated = 1_150;

/** Every value of every option alone. */
function single(): readonly Case[] {
  return Object.entries(values).flatMap(([key, list]) =>
    list.map((value, index) => caseOf(JSON.stringify({ [key]: value }), { reload: index % 2 === 0 })),
  );
}

/** Several options together, most of them with values that are usually right, and texts with a slip of the hand. */
function random(count: number): readonly Case[] {
  const dice = randomFrom(seed);
  const keys = Object.keys(values);
  return Array.from({ length: count }, (_, index) => {
    const chosen = dice.some(keys, 1 + dice.below(5));
    const entries = chosen.map((key): [string, Json] => {
      const list = values[key] ?? [];
      // The first of a list are the usual ones.
      return [key, dice.oneIn(4) ? dice.pick(list) : dice.pick(list.slice(0, 2))];
    });
    const indent = dice.pick([0, 2, 4, '\t']);
    const text = JSON.stringify(Object.fromEntries(entries), null, indent);
    return caseOf(dice.oneIn(4) ? slipped(text, dice) : text, { reload: index % 5 === 0 });
  });
}

const slips: readonly ((text: string, dice: Random) => string)[] = [
  (text) => text.replace(/\}$/, ',}'),
  (text) => text.replace(/,/, ''),
  (text) => text.replace(/:/, ''),
  (text) => text.replace(/"([a-z-]+)":/, (_, key: string) => `"${key.replaceAll('-', '_')}":`),
  (text) => text.replace(/"([a-z-]+)":/, (_, key: string) => `"${key.toUpperCase()}":`),
  (text) => text.replace(/"([a-z-]+)s":/, '"$1":'),
  (text) => text.replace(/true|false/, (word) => `"${word}"`),
  (text) => text.replace(/:\s*(\d+)/, ': "$1"'),
  (text) => text.replace(/\["([^"]*)"\]/, '"$1"'),
  (text) => text.replace(/:\s*("[^"]*")/, ': [$1]'),
  (text) => `{"daemon":${text}}`,
  (text) => `// changed by hand\n${text}`,
  (text) => `\uFEFF${text}`,
  (text) => `${text}\n${text}`,
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace(/"([a-z-]+)":/, (_, key: string) => `"${key.slice(0, -1)}":`),
  (text) => text.replace(/^\{/, '{"debug":false,"debug":true,'),
  (text, dice) => text.slice(0, dice.below(text.length)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replace(/^\{/, '{"_comment":"mine",'),
];

const slipped = (text: string, dice: Random): string => dice.pick(slips)(text, dice);

/** What depends on the folder that a daemon happens to be started in, or needs more of the kernel than others have. */
const leftOut = /relative-data/;

/** Without repetitions; the order is the one in which they are judged. */
export const corpus: readonly Case[] = [
  ...new Map([...handMade, ...single(), ...random(generated), ...careless].map((one) => [hashOf(one), one])).values(),
].filter(({ bytes }) => !leftOut.test(Buffer.from(bytes).toString('latin1')));

const byHand = new Set(careless.map(hashOf));

/** The old engine gets a part: every so manieth, over all kinds of cases, and all that careless hands write. */
export const partFor = (version: string): readonly Case[] =>
  version.startsWith('20.')
    ? corpus.filter((one) => byHand.has(hashOf(one)) || Number.parseInt(hashOf(one).slice(0, 8), 16) % 6 === 0)
    : corpus;
