// What is special to Japanese: half a space only between Latin and Japanese, its own commas, and help that fits a terminal.
import { describe, expect, test } from 'vitest';
import { problemSaid } from '../../../electron/cli/sentences.ts';
import { textWidth } from '../../../electron/cli/text-width.ts';
import { spaced } from '../../../electron/contract/messages/format.ts';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import { optionHelp } from '../../../electron/contract/messages/ja/option-help.ts';
import { optionPage } from '../../../electron/contract/messages/ja/option-page.ts';
import { welcome } from '../../../electron/contract/messages/ja/welcome.ts';
import { separators } from '../../../electron/contract/messages/separators.ts';
import { everyFinding, everyProblem } from '../../fakes/problems.ts';

const ja = messagesIn('ja');
const japanese = String.raw`[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー、。]`;
const within = new RegExp(`${japanese} ${japanese}`, 'u');
const beside = new RegExp(
  String.raw`[\w)][\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]|[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}][\w(]`,
  'u',
);

const texts = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
};

describe('a text set into a sentence', () => {
  test.each([
    ['MTU', 'デーモンの MTU は有効'],
    ['ブリッジ', 'デーモンのブリッジは有効'],
    ['IPv6 ブリッジ', 'デーモンの IPv6 ブリッジは有効'],
    ['データルート (旧名)', 'デーモンのデータルート (旧名) は有効'],
    ['', 'デーモンのは有効'],
    [3, 'デーモンの 3 は有効'],
  ])('%s', (text, sentence) => {
    expect(spaced`デーモンの ${text} は有効`).toBe(sentence);
    expect(spaced`デーモンの\u00A0${text}\u00A0は有効`).toBe(sentence.replace(/ (?=は)|(?<=デーモンの) /g, '\u00A0'));
  });

  test.each([
    [ja.window.bar.later(['MTU']), 'MTU は、実行中'],
    [ja.window.bar.later(['MTU', 'ブリッジ']), 'MTU、ブリッジは、実行中'],
    [ja.window.result.says('ログレベル', 'info'), 'デーモンのログレベルは info です。'],
    [ja.window.result.says('BuildKit', 'true'), 'デーモンの BuildKit は有効です。'],
    [ja.window.bar.alsoTakes(['ログレベル']), '待っていたログレベルも有効'],
    [ja.window.actions.undo('MTU'), 'MTU の変更を取り消す'],
    [ja.window.actions.remove('1 番目'), '1 番目を削除'],
    [ja.preset.lookAt('レジストリミラー'), 'レジストリミラーを確認'],
  ])('%s', (said, sentence) => {
    expect(said).toContain(sentence);
  });
});

test.each(everyProblem)('$kind has no space within Japanese, and half a space beside Latin', (problem) => {
  const { title, state, remedy } = ja.problem(problem);
  for (const text of [title, state, remedy]) {
    expect(text).not.toMatch(within);
    expect(text).not.toMatch(beside);
  }
  expect(problemSaid(ja, problem).message).not.toMatch(within);
});

test.each(everyFinding)('$about.kind has no space within Japanese, and half a space beside Latin', ({ about }) => {
  const { sentence, remedy } = ja.finding(about);
  for (const text of [sentence, remedy]) {
    expect(text).not.toMatch(within);
    expect(text).not.toMatch(beside);
  }
});

test('no fixed text has a space within Japanese, or none beside Latin', () => {
  // The help has columns.
  const fixed = [{ ...ja, cli: { ...ja.cli, help: null } }, optionHelp, optionPage, welcome].flatMap(texts);
  expect(fixed.length).toBeGreaterThan(1000);
  expect(fixed.filter((text) => within.test(text) || beside.test(text))).toEqual([]);
});

test('what stands in a row stands there by the rules of the language', () => {
  expect(['a', 'b'].join(separators.en.words)).toBe('a, b');
  expect(['あ。', 'い。'].join(separators.ja.sentences)).toBe('あ。い。');
  expect(ja.audit.logOf('web', { kind: 'none' })).toBe('ログ (web): 欠落なし');
  expect(ja.audit.orphans.line('web', { pid: 12, kind: 'ended' })).toBe(
    'web (プロセス 12): デーモンはこのコンテナーが終了したとみなしていますが、動作しています。',
  );
});

test('a full stop of the administrator is not doubled', () => {
  const locked = (reason: string) => ja.problem({ kind: 'policy.locked', policy: '/p', key: 'mtu', reason }).state;
  expect(locked('VPN の都合です。')).toContain('理由: VPN の都合です。何も');
  expect(locked('VPN')).toContain('理由: VPN。何も');
});

test('times of the history line up', () => {
  const times = [new Date(2026, 0, 2, 3, 4), new Date(2026, 10, 12, 13, 14)].map((at) => ja.history.time(+at));
  expect(times).toEqual(['2026/01/02 03:04', '2026/11/12 13:14']);
});

test.each(Object.entries(ja.cli.help))('the help of %s fits a terminal of 80 columns', (_command, help) => {
  expect(help.split('\n').filter((line) => textWidth(line) > 80)).toEqual([]);
});
