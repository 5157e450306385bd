// Japanese: the past of the daemon and its file.
import type { Author, FileVersion, HistoryEntry } from '../../history.ts';
import { formatsFor } from '../format.ts';
import { audit } from './audit.ts';

const { list, number, seconds } = formatsFor('ja');
const dates = new Intl.DateTimeFormat('ja', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function by(author: Author): string {
  switch (author.kind) {
    case 'us':
      return 'Afloat';
    case 'package':
      return `パッケージ ${author.name}`;
    case 'editor':
      return author.name;
    case 'unknown':
      return '不明';
  }
}

const most = 3;

function change({ key, from, to }: NonNullable<FileVersion['changes']>[number]): string {
  if (from === null) return `${key}: ${to ?? ''} を追加`;
  return to === null ? `${key} を削除` : `${key}: ${from} → ${to}`;
}

const setting = ({ key, to }: NonNullable<FileVersion['changes']>[number]): string => `${key}: ${to ?? ''}`;

function summary({ changes, first }: Pick<FileVersion, 'changes' | 'first'>): string {
  if (changes === null) return '設定として読めないテキスト';
  if (changes.length === 0) return first ? '最初に確認されたバージョン: オプションなし' : '書式のみ';
  const few = changes.slice(0, most).map(first ? setting : change);
  const told = changes.length > most ? [...few, `ほか ${number(changes.length - most)} 件`] : few;
  return first ? `最初に確認されたバージョン: ${list(told)}` : list(told);
}

const verbs = {
  apply: '変更',
  reload: 'リロード',
  restart: '再起動',
  start: '起動',
  stop: '停止',
  recover: '修復',
} as const;
const results = {
  applied: '完了',
  nothing: '変更なし',
  refused: '中止',
  'rolled-back': 'ロールバック',
  failed: '失敗',
} as const;
const events = {
  reloaded: 'Afloat 以外からリロードされました',
  restarted: 'Afloat 以外から、または異常終了の後に再起動されました',
  started: 'Afloat 以外から起動されました',
  stopped: 'Afloat 以外から停止されました',
  crashed: '停止の指示なしに終了しました',
} as const;

function fates(before: number, kept: number, ended: readonly string[]): string {
  if (before === 0) return '';
  const kept_ = `コンテナー ${number(before)} 個のうち ${number(kept)} 個が動き続けました`;
  return ended.length === 0 ? `${kept_}。` : `${kept_}。終了: ${list(ended)}。`;
}

/** What happened, and what came of it for the containers; the second may be empty. */
function entry(of: HistoryEntry): { readonly title: string; readonly detail: string } {
  switch (of.kind) {
    case 'file':
      return of.etag === null
        ? { title: 'ファイルが削除されました', detail: `変更元: ${by(of.by)}。` }
        : { title: 'ファイルが書き込まれました', detail: `変更元: ${by(of.by)}。` };
    case 'outcome': {
      const gap = of.apiDowntimeMs > 0 ? `API は ${seconds(of.apiDowntimeMs)} 秒間応答しませんでした。` : '';
      const told = of.effect === 'none' && of.verb === 'apply' ? '' : fates(of.before, of.kept, of.ended);
      return { title: `${verbs[of.verb]}: ${results[of.result]}`, detail: `${told}${gap}` };
    }
    case 'audit': {
      const { compared, changed, orphans, logs } = of;
      const told = [
        ...changed.map(({ name, deviations }) => `${name}: ${deviations.map(audit.deviation).join('、')}`),
        ...orphans.map((name) => `${name}: ${audit.orphans.title}`),
        ...logs.map(({ name, log }) => audit.logOf(name, log)),
      ];
      return { title: audit.summary({ compared, containers: changed, orphans }), detail: told.join('\n') };
    }
    case 'daemon':
      return { title: events[of.event], detail: fates(of.before, of.kept, of.ended) };
  }
}

export const history = {
  by,
  summary,
  entry,
  time: (at: number): string => dates.format(at),
  short: (id: string): string => id.slice(0, 12),
  versions: 'ファイルのバージョン',
  timeline: '起きたこと',
  none: '過去の記録はまだありません。これからは、ファイルの全バージョンと起きたことを記録します。',
  noEntries: 'Afloat の動作中にはまだ何も起きていません。',
  reading: '履歴を読み込んでいます…',
  current: '現在のファイル',
  writtenBy: (who: string): string => `変更元: ${who}`,
  compare: '比較対象',
  withFile: '現在のファイル',
  withBefore: '1 つ前のバージョン',
  restore: 'このバージョンに戻す…',
  restoreHelp: '変更として開きます。適用する前に、各コンテナーへの影響を確認できます。',
  nothingBefore: 'これより前のバージョンはありません。',
  cli: {
    restoring: (id: string, at: string): string => `バージョン ${id} (${at}):`,
  },
};
