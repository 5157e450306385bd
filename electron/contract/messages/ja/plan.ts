// Japanese: what a change or a verb would do, does and did: effects, risks, containers, steps, results.
import type { Outcome, Step } from '../../outcome.ts';
import type { Accept, Effect, OptionChange, Plan, Reason, Risk, Verdict } from '../../plan.ts';
import { formatsFor } from '../format.ts';

const { list, number, seconds } = formatsFor('ja');

/** What the daemon needs, as a word on a pill. */
const effects: Readonly<Record<Effect, string>> = {
  none: '影響なし',
  reload: 'リロード',
  restart: '再起動',
  'reload-then-restart': 'リロード後に再起動',
};

const effectSentences: Readonly<Record<Effect, string>> = {
  none: 'デーモンに伝える必要はありません。',
  reload: 'デーモンは動作したまま、設定を読み込み直します。',
  restart: 'デーモンを停止し、起動し直します。',
  'reload-then-restart':
    'まずデーモンが設定を読み込み直します。ライブリストアが有効だとデーモンが答えてから、停止して起動し直します。',
};

/** What a risk means, behind the name of an option. */
const risks: Readonly<Record<Risk, string>> = {
  none: 'ほかに変わるものはありません。',
  deferred: '実行中のコンテナーがない状態での起動時に有効になります。',
  hides: '元に戻すまで、実行中のコンテナーが Docker から見えなくなります。',
  loses:
    '実行中のコンテナーが Docker の管理から失われ、二重に起動されることがあります。設定を元に戻しても回復しません。',
  'later-start-fails': '実行中のコンテナーはそのまま動きますが、次に起動するときに動かないことがあります。',
  'start-fails': 'この設定ではデーモンが起動しないことがあります。',
  'locks-out-clients': 'Afloat を含め、Docker を使うプログラムが接続できなくなることがあります。',
  'ends-daemon': '値が誤っていると、リロードの直後にデーモンが終了します。',
  unknown: '実行中のコンテナーへの影響はわかっていません。',
};

/** What somebody confirms who accepts a danger. */
const accepting: Readonly<Record<Accept, string>> = {
  stops: '実行中のコンテナーが停止します。',
  hides: '実行中のコンテナーが Docker から見えなくなります。',
  loses: '実行中のコンテナーが Docker の管理から失われます。',
  'later-start-fails': 'コンテナーを次に起動するときに動かないことがあります。',
  'start-fails': 'デーモンが起動しないことがあります。',
  'locks-out-clients': 'Docker に接続できなくなることがあります。',
  'ends-daemon': 'デーモンが自ら終了することがあります。',
};

const verdicts: Readonly<Record<Verdict, string>> = {
  'keeps-running': '動き続けます',
  interrupted: '動き続けます (一時中断)',
  stops: '停止します',
  hidden: '見えなくなります',
  lost: '失われます',
};

const reasons: { readonly [K in Reason['kind']]: (reason: Extract<Reason, { kind: K }>) => string } = {
  'live-restore-on': () => 'ライブリストアが有効です。',
  'live-restore-off': () => 'ライブリストアが無効です。',
  'live-restore-off-at-start': () => '起動時にデーモンが読み込む設定で、ライブリストアが無効です。',
  'live-restore-off-at-stop': () => '動作中のデーモンでは、ライブリストアがまだ有効になっていません。',
  'reload-leaves-alone': () => 'リロードはコンテナーに影響しません。',
  'auto-remove-on-old-engine': () => 'このバージョンの Docker は、起動時に --rm 付きのコンテナーを停止して削除します。',
  'health-checks-stop-on-old-engine': () => 'このバージョンの Docker では、再起動後にヘルスチェックが再開されません。',
  'kill-mode': ({ killMode }) => `systemd がデーモンと一緒に終了させます (KillMode=${killMode})。`,
  rootless: () => 'rootless デーモンのコンテナーは、デーモンと一緒に終了します。',
  swarm: () => 'Swarm ノードではライブリストアが機能しません。',
  'published-ports': ({ ports }) => `デーモンの停止中は 127.0.0.1 から接続できません: ${list(ports)}。`,
  'port-rules': ({ ports }) => `デーモンの起動中は、${list(ports)} への新しい接続が最大 1 秒ほど失敗します。`,
  'network-names': ({ networks }) =>
    `デーモンの停止中は、${list(networks)} でほかのコンテナーを名前で見つけられません。`,
  'health-checks-pause': () => 'デーモンの停止中は、ヘルスチェックが一時停止します。',
  'health-begins-again': () => 'デーモンの起動後、ヘルスチェックが実行されるまで、状態は starting に戻ります。',
  'execs-cut': ({ count }) =>
    `実行中の docker exec ${number(count)} 個が切断されます。そのプロセスは動き続けますが、次のデーモンからは認識されません。`,
  'log-target-away': ({ target }) =>
    `ログの送り先がこのデーモンのコンテナー ${target} で、起動中のデーモンからはまだ接続できません。コンテナーを再起動するまで出力が読まれず、パイプが満杯になると待たされます。docker exec も失敗します。`,
  'log-target-keeps-down': ({ target }) =>
    `停止し、再び起動されません。ログの送り先であるこのデーモンのコンテナー ${target} が、そのときまだ動いていないためです。`,
  'gpus-lost': () =>
    '更新により systemd がユニットを読み込み直す (daemon-reload) ため、GPU が使えなくなることがあります。',
  'started-again': ({ policy }) => `停止し、再起動ポリシー (${policy}) によって約 12 秒後に再び起動されます。`,
  'stays-stopped': ({ policy }) =>
    `停止し、再起動ポリシーが ${policy} でも再び起動されません。起動するデーモンは、ユーザーが停止したものとみなします。`,
  'output-waits': ({ bytes }) =>
    `デーモンの停止中は出力が読み取られません。約 ${number(Math.round(bytes / 1024))} KiB を出力すると待たされます。`,
  option: ({ key, risk }) => `${key}: ${risks[risk]}`,
};

/** All or some of the running containers, as the subject of a sentence. */
const those = (count: number, all: number): string =>
  count === all
    ? all === 1
      ? '実行中のコンテナー'
      : `実行中のコンテナー ${number(all)} 個すべて`
    : `実行中のコンテナー ${number(all)} 個のうち ${number(count)} 個`;

const count = (changes: readonly OptionChange[], effect: OptionChange['effect']): number =>
  changes.filter((change) => change.effect === effect).length;

/** What the most demanding changes need. */
function changesNeed(changes: readonly OptionChange[]): string {
  const restart = count(changes, 'restart');
  const reload = count(changes, 'reload');
  if (restart > 0) return `再起動が必要な変更 ${number(restart)} 件`;
  if (reload > 0) return `リロードが必要な変更 ${number(reload)} 件`;
  if (changes.length === 0) return 'オプションの変更はありません';
  return `影響のない変更 ${number(changes.length)} 件`;
}

const steps: Readonly<Record<Step, string>> = {
  authorizing: '認証を待っています…',
  locking: '順番を待っています…',
  reading: 'daemon.json を読み込んでいます…',
  planning: '計画を立てています…',
  checking: '設定を検査しています…',
  'backing-up': 'daemon.json の控えを取っています…',
  writing: 'daemon.json を書き込んでいます…',
  reloading: 'デーモンをリロードしています…',
  'proving-reload': '変更が反映されたか確認しています…',
  stopping: 'デーモンを停止しています…',
  starting: 'デーモンを起動しています…',
  restarting: 'デーモンを再起動しています…',
  proving: 'コンテナーの様子を確認しています…',
  'putting-back': 'すべて元に戻しています…',
};

const results: Readonly<Record<Outcome['result'], string>> = {
  applied: '完了',
  nothing: '変更なし',
  refused: '中止',
  'rolled-back': 'ロールバック',
  failed: '失敗',
};

const done: Readonly<Record<Outcome['verb'], string>> = {
  apply: '変更を適用しました。',
  reload: 'デーモンが設定を読み込み直しました。',
  restart: 'デーモンが再起動しました。',
  start: 'デーモンが起動しました。',
  stop: 'デーモンが停止しました。',
  recover: '中断されていた処理を完了しました。',
};

/** One sentence on what came of it; why something did not work says the problem. */
function outcome({ verb, result, effect, file }: Pick<Outcome, 'verb' | 'result' | 'effect' | 'file'>): string {
  switch (result) {
    case 'applied':
      return verb === 'apply' && effect === 'none'
        ? 'ファイルに書き込みました。デーモンは起動時に読み込みます。'
        : done[verb];
    case 'nothing':
      return 'すでに望みどおりの状態です。何も変更していません。';
    case 'refused':
      return '何も変更していません。';
    case 'rolled-back':
      return verb === 'apply'
        ? '変更に失敗したため、元に戻しました。'
        : 'うまくいかなかったため、すべて元に戻しました。';
    case 'failed':
      if (verb === 'apply' && file === 'new')
        return 'デーモンが変更後の設定で動作している可能性があるため、元には戻していません。';
      return verb === 'apply' || verb === 'recover'
        ? 'うまくいかず、すべてを元に戻すこともできませんでした。'
        : 'うまくいきませんでした。';
  }
}

/** How containers came through a finished operation. */
function fared({ before, kept }: Pick<Outcome['containers'], 'before' | 'kept'>): string {
  if (before === 0) return '実行中のコンテナーはありませんでした。';
  return `${those(kept, before)}が動き続けました。`;
}

const fileStates: Readonly<Record<Outcome['file'], string>> = {
  unchanged: 'daemon.json は変わっていません。',
  new: 'daemon.json は新しい内容です。',
  restored: 'daemon.json は元の内容に戻っています。',
  unknown: 'daemon.json の内容がどちらなのかわかりません。元の内容の控えは残っています。',
};

/** From ten seconds on, tenths say nothing. */
const rough = (ms: number): number => Math.max(100, ms < 10_000 ? ms : Math.round(ms / 1000) * 1000);

/** For a gap that is not known, a sentence that says so. */
function gap(ms: Plan['expectedGapMs'], range: Plan['expectedGapRangeMs'] = null): string {
  if (ms === null) return 'API が応答しない時間はわかりません。';
  return ms === 0
    ? 'API は応答し続けます。'
    : `API が約 ${seconds(rough(ms))} 秒間${range === null ? '' : ` (${seconds(rough(range[0]))}～${seconds(rough(range[1]))} 秒) `}応答しません。`;
}

export const plan = {
  effects,
  effectSentences,
  risks,
  accepting,
  verdicts,
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  reason: (reason: Reason): string => (reasons[reason.kind] as (reason: Reason) => string)(reason),
  changesNeed,
  gap,
  steps,
  /** What came of it in front of why. */
  resultBecause: (result: Outcome['result'], title: string): string => `${results[result]}: ${title}`,
  outcome,
  fared,
  fileStates,
};
