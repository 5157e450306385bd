// Japanese: what the text view of daemon.json says: facts about options, undo and redo, the way to the forms and back.
import type { OptionKind } from '../../options.ts';
import type { Finding, Risk } from '../../plan.ts';
import { formatsFor } from '../format.ts';

const { list, number } = formatsFor('ja');

const kinds: Readonly<Record<OptionKind, string>> = {
  boolean: 'true または false',
  integer: '整数',
  string: '文字列',
  size: 'サイズ (64M など)',
  path: 'パス',
  'string[]': '文字列のリスト',
  'object[]': 'オブジェクトのリスト',
  'string-map': '名前と文字列の組',
  object: 'オブジェクト',
};

const risks: Readonly<Record<Exclude<Risk, 'none'>, string>> = {
  deferred: '実行中のコンテナーがない状態での起動を待ちます。',
  hides: '元に戻すまで、コンテナーが見えなくなります。',
  loses: '実行中のコンテナーが失われるか、二重に動きます。',
  'later-start-fails': '後で起動できなくなるコンテナーがあるかもしれません。',
  'start-fails': '値が誤っていると、デーモンが起動しません。',
  'locks-out-clients': 'クライアントがデーモンに接続できなくなるかもしれません。',
  'ends-daemon': '値が誤っていると、リロードでデーモンが終了します。',
  unknown: '影響はわかっていません。',
};

const severities: Readonly<Record<Finding['severity'], string>> = {
  error: 'エラー',
  warning: '警告',
  info: '参考',
};

export const editor = {
  kinds,
  risks,
  severities,
  group: 'オプションのまとまり',
  oneOf: (choices: readonly string[]): string => `次のいずれか: ${list(choices)}`,
  byDefault: (value: string): string => `デフォルト: ${value}`,
  notOnThisVersion: 'このバージョンのエンジンにはありません。',
  help: 'Ctrl-Space 候補 · Ctrl-F 検索 · F8 次の問題 · Ctrl-. 修正 · Esc、Tab で出る',
  changes: '変更点',
  hideChanges: 'テキスト',
  showInForm: 'フォームで表示',
  undo: '元に戻す',
  redo: 'やり直す',
  problems: (count: number): string => `問題 ${number(count)} 件`,
  completions: '候補',
  diagnostics: '問題',
  noDiagnostics: '問題はありません',
  close: '閉じる',
  find: 'テキスト内を検索',
  findBefore: '前へ',
  findNext: '次へ',
  /** `at`: the number of the one that is selected. */
  found: (at: number | null, all: number): string =>
    all === 0 ? '見つかりません' : at === null ? `${all} か所` : `${at} / ${all}`,
  /** Said with the text and the number of its line behind them. */
  match: '見つかりました',
  onLine: '行',
};
