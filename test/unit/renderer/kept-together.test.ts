// Where the page in Japanese may not break a line, and that nothing but sentences is touched.
import { expect, test } from 'vitest';
import { keptTogether } from '../../../renderer/kept-together.ts';

/** A space that does not break, as it can be seen. */
const seen = (text: string): string => text.replaceAll('\u00A0', '_');

test.each([
  ['API が約 ${seconds(ms)} 秒間応答しません', 'API_が約_${seconds(ms)}_秒間応答しません'],
  ['コンテナー ${number(count)} 個', 'コンテナー ${number(count)}_個'],
  ['-1 なら無期限', '-1_なら無期限'],
  ['Afloat を実行', 'Afloat_を実行'],
  ['最大 1 秒、最大 ${n} 個', '最大_1_秒、最大_${n}_個'],
  ['`${number(n)} KiB`', '`${number(n)}_KiB`'],
  ['0 ミリ秒、10 MB の', '0_ミリ秒、10_MB_の'],
  ['ログ (json) は', 'ログ (json)_は'],
  // Between words a line may break.
  ['Docker デーモンの API バージョン', 'Docker デーモンの API バージョン'],
  ["const { list } = formatsFor('ja');\nconst a = count === 1 ? 'x' : `${b} KiBs`;", null],
  ['/** A comment of 3 words. */ import { a } from "./b.ts"; /^[a-z] {2}$/u', null],
  ["  'log-opts.max-size': ['ログ', '値'],", null],
])('%s', (source, expected) => {
  expect(seen(keptTogether(source))).toBe(expected ?? source);
});
