// Japanese: the proof after a restart: what is not as it was, and what runs that the daemon does not manage.
import type { Audit, Deviation, LogFate, LogUnknown, Orphan } from '../../audit.ts';
import { formatsFor, spaced } from '../format.ts';

const { list, number, seconds } = formatsFor('ja');

const deviations: { readonly [K in Deviation['kind']]: (of: Extract<Deviation, { kind: K }>) => string } = {
  ended: ({ exitCode }) => `終了しました (終了コード ${exitCode})`,
  'keeps-ending': ({ exitCode }) => `起動し直されるたびに終了しています (終了コード ${exitCode})`,
  'new-process': ({ from, to }) => `停止して再び起動されました (プロセス ${from} は ${to} になりました)`,
  unknown: () => 'デーモンから見えなくなりました',
  'port-gone': ({ port }) => `${port} が公開されなくなりました`,
  'port-closed': ({ port }) => `${port} で待ち受けているプロセスがありません`,
  'network-gone': ({ network }) => `ネットワーク ${network} に接続されなくなりました`,
  'address-changed': ({ network, from, to }) =>
    spaced`${network} でのアドレスが ${from || 'なし'} から ${to || 'なし'} に変わりました`,
  'dns-changed': ({ to }) =>
    to.length === 0 ? '専用の DNS サーバーがなくなりました' : `DNS サーバーが ${list(to)} になりました`,
  'health-worse': () => '状態が unhealthy になりました',
  'health-stopped': ({ last }) =>
    `ヘルスチェックが実行されなくなり、状態は ${last} のままです。docker pause と docker unpause で再開できます`,
  'not-paused': () => '一時停止ではなくなりました',
  'mount-gone': ({ path }) => `${path} に何もマウントされなくなりました`,
  restarted: ({ times }) => `${number(times)} 回再起動されました`,
};

const kinds: Readonly<Record<Orphan['kind'], string>> = {
  unknown:
    'デーモンはこのコンテナーを認識していません。オプションが原因で見えない場合は、元に戻すと再び見えるようになります。',
  ended: 'デーモンはこのコンテナーが終了したとみなしていますが、動作しています。',
  copy: 'デーモンはこのコンテナーを、同じボリュームでもう 1 つ動かしています。',
};

const logUnknown: Readonly<Record<LogUnknown, (driver: string) => string>> = {
  driver: (driver) => spaced`ログドライバー ${driver} での扱いはここではわかりません`,
  busy: () => 'その後の出力が多すぎてわかりません',
  'no-answer': () => 'デーモンからログを取得できず、わかりません',
};

function log(fate: LogFate): string {
  switch (fate.kind) {
    case 'none':
      return '欠落なし';
    case 'delayed': {
      const late = fate.ms === null ? '実際より遅く' : `実際より最大 ${seconds(fate.ms)} 秒遅く`;
      const held = fate.heldUp ? ' (パイプが満杯になり、コンテナーは待たされました)' : '';
      return `欠落はありませんが、一部の行の時刻が${late}なっています${held}`;
    }
    case 'lost':
      return fate.ms === null
        ? 'デーモンの停止中に終了したため、その間の出力は失われました'
        : `デーモンの停止中に終了したため、終了前の最大 ${seconds(fate.ms)} 秒間の出力は失われました`;
    case 'not-known':
      return logUnknown[fate.why](fate.driver);
  }
}

type Counted = Pick<Audit, 'compared'> & Readonly<Record<'containers' | 'orphans', readonly unknown[]>>;

function summary({ compared, containers, orphans }: Counted): string {
  const those = `${number(compared)} 個のコンテナーを比較しました`;
  if (containers.length === 0 && orphans.length === 0) return `${those}。すべて元のままです。`;
  const differ = `${number(containers.length)} 個が元と異なります`;
  const left = `${number(orphans.length)} 個がデーモンなしで動作しています`;
  return `${those}。${[...(containers.length > 0 ? [differ] : []), ...(orphans.length > 0 ? [left] : [])].join('。')}。`;
}

export const audit = {
  log,
  logs: 'ログ',
  logOf: (name: string, fate: LogFate): string => `ログ (${name}): ${log(fate)}`,
  wholeLogs: (count: number): string => `${number(count)} 個のログに欠落はありません`,
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  deviation: (of: Deviation): string => (deviations[of.kind] as (of: Deviation) => string)(of),
  summary,
  others: {
    title: 'Afloat 以外からの再起動の後',
    away: (ms: number): string =>
      `Afloat 以外からの再起動か、異常終了の後の再起動です。デーモンは ${seconds(ms)} 秒間停止していました。`,
  },
  notice: {
    title: '再起動の前と異なる点があります',
    body: (found: Audit): string => `${summary(found)}詳しくは Afloat で確認できます。`,
  },
  orphans: {
    title: 'デーモンなしで動作中',
    kinds,
    line: (name: string, { pid, kind }: Pick<Orphan, 'pid' | 'kind'>): string =>
      `${name} (プロセス ${pid}): ${kinds[kind]}`,
    which: (pid: number, id: string): string => `プロセス ${pid}、コンテナー ${id.slice(0, 12)}`,
    end: '手動で停止…',
    ask: (name: string): string => `${name} を手動で停止しますか?`,
    what: ({ pid, shim }: Orphan): string =>
      `プロセス ${pid} に終了を求め (SIGTERM)、${number(10)} 秒以内に終了しなければ強制終了します。続けて、それを保持しているプロセス ${shim.pid} も終了させます。シグナルを送る直前に、毎回同じプロセスかどうかを確認します。`,
    confirm: 'このプロセスを停止',
  },
};
