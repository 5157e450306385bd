// Japanese: what is true now: the engine and its states, who manages it, live restore, what we may do.
import type {
  Candidate,
  ContainerCounts,
  EngineState,
  LiveRestore,
  ManagerKind,
  SwarmStatus,
  Unreached,
  Writable,
} from '../../snapshot.ts';
import { formatsFor } from '../format.ts';
import { writeBlocks } from './problem.ts';

const { number } = formatsFor('ja');

/** A word for a state, one line that explains it, and what else is to be known. */
type Said = { readonly word: string; readonly line: string; readonly more?: string };

const engine: Readonly<Record<EngineState | Unreached, Said>> = {
  connecting: { word: '検索中', line: 'Docker デーモンを探しています。' },
  running: { word: '動作中', line: 'デーモンは動作し、応答しています。' },
  reloading: {
    word: 'リロード中',
    line: 'デーモンが設定を読み込み直しています。',
    more: 'その間も応答します。',
  },
  starting: { word: '起動中', line: 'デーモンは起動中で、まだ応答しません。' },
  restarting: { word: '再起動中', line: 'デーモンを停止し、起動し直しています。' },
  stopping: { word: '停止処理中', line: 'デーモンは停止処理中です。' },
  stopped: { word: '停止', line: 'デーモンは動作しておらず、自動では起動しません。' },
  armed: {
    word: '停止 (要求時に起動)',
    line: 'デーモンは動作していません。',
    more: 'Docker を使うプログラムが接続すると起動します。Afloat からは接続しません。',
  },
  hanging: { word: '応答なし', line: 'デーモンは接続を受け付けますが、応答しません。' },
  failed: { word: '失敗', line: 'デーモンは起動しなかったか、停止の指示なしに終了しました。' },
  denied: { word: '権限なし', line: 'デーモンはありますが、このユーザーには使う権限がありません。' },
  absent: { word: '見つかりません', line: 'Docker デーモンが見つかりませんでした。' },
  refused: {
    word: '接続できません',
    line: 'このアドレスから応答がありません。',
    more: 'そのデーモンが動作しているか、このコンピューターから届くかを確認してください。',
  },
  tls: {
    word: '接続できません',
    line: 'このデーモンと TLS で接続できませんでした。',
    more: 'Docker コンテキストまたは DOCKER_CERT_PATH の ca.pem、cert.pem、key.pem があり、このデーモンのものかを確認してください。',
  },
  broken: {
    word: '接続できません',
    line: 'このアドレスへの接続が途中で切れました。',
    more: 'docker version で、docker がこのアドレスについて何と言うかを確認してください。',
  },
};

/** Whoever starts and stops the daemon. */
const managers: Readonly<Record<ManagerKind, { readonly name: string; readonly line: string }>> = {
  systemd: { name: 'systemd', line: 'systemd がこのデーモンを起動・停止します。' },
  'systemd-user': { name: 'ユーザーの systemd', line: 'ユーザー自身の systemd がこのデーモンを起動・停止します。' },
  'init-script': { name: 'init スクリプト', line: 'init スクリプトがこのデーモンを起動・停止します。' },
  'bare-process': {
    name: '手動で起動',
    line: 'このデーモンは手動で起動されており、管理するものがありません。停止しても自動では起動しません。Docker はこの方法を推奨していません。',
  },
  sandbox: { name: 'サンドボックス', line: 'これは Afloat の練習用デーモンです。' },
  'docker-desktop': { name: 'Docker Desktop', line: 'Docker Desktop がこのデーモンを起動・停止します。' },
  'windows-service': { name: 'Windows サービス', line: 'Windows がこのデーモンをサービスとして起動・停止します。' },
  none: { name: '不明', line: 'このデーモンを起動・停止するものはわかっていません。' },
};

const sources: Readonly<Record<Candidate['source'], string>> = {
  flag: 'コマンドラインで指定',
  environment: 'DOCKER_HOST で指定',
  context: 'Docker コンテキストで指定',
  default: '標準の場所',
  rootless: 'ユーザー自身のデーモン',
  sandbox: 'サンドボックス',
};

const blocks: Readonly<Record<NonNullable<LiveRestore['blockedBy']>, string>> = {
  swarm:
    'このデーモンは Swarm ノードです。ライブリストアを有効にすると次に起動しなくなるため、無効にしておく必要があります。',
  windows: 'ライブリストアは Windows コンテナーに対応していません。',
  flag: 'フラグ --live-restore で決まっています。ファイルにもキーがあると Docker は起動しません。指定元でフラグを変更または削除してください。',
};

const liveRestore = {
  title: 'ライブリストア',
  help: 'デーモンが停止しても、コンテナーは動き続けます。',
  inDaemon: 'デーモン内',
  inFile: (path: string | null): string => (path === null ? 'ファイル内' : `${path} 内`),
  byFlag: '--live-restore フラグ',
  on: '有効',
  off: '無効',
  notSet: '未設定',
  notKnown: '不明',
  /** The running daemon's own word; null: it does not answer. */
  effective: (value: boolean | null): string => (value === null ? '不明' : value ? '有効' : '無効'),
  /** What the file or the flag says; null: nothing. */
  set: (value: boolean | null): string => (value === null ? '未設定' : value ? '有効' : '無効'),
  blocks,
  /** What it comes to, in one sentence. */
  sentence({ effective, file, flag }: LiveRestore): string {
    const next = flag ?? file ?? false;
    if (effective === null) {
      return next
        ? 'デーモンが起動しても、まだ動いているコンテナーは動き続けます。'
        : 'デーモンが起動すると、まだ動いているコンテナーは停止します。';
    }
    if (effective && next) return 'デーモンが停止しても、コンテナーは動き続けます。';
    if (effective) return '動作中のデーモンでは有効ですが、次の起動では無効になり、コンテナーが停止します。';
    if (next)
      return 'ファイルでは有効ですが、動作中のデーモンでは無効です。デーモンを停止する前にリロードしてください。';
    return 'デーモンが停止すると、コンテナーも停止します。';
  },
};

const writable = (of: Writable): string => (of.ok ? '' : writeBlocks[of.block]);

const containers = ({ running, paused, stopped }: ContainerCounts): string =>
  [
    `実行中 ${number(running)}`,
    ...(paused > 0 ? [`一時停止 ${number(paused)}`] : []),
    ...(stopped > 0 ? [`停止 ${number(stopped)}`] : []),
  ].join('、');

const swarmStates: Readonly<Record<SwarmStatus['state'], string>> = {
  inactive: 'Swarm に不参加',
  pending: 'Swarm に参加処理中',
  active: 'Swarm に参加中',
  error: 'Swarm に参加中 (エラーあり)',
  locked: 'ロックされた Swarm に参加中',
};

const roles = { manager: 'マネージャー', worker: 'ワーカー' } as const;

function swarm({ state, role, quorum }: SwarmStatus): string {
  const as = role === null || state === 'inactive' ? '' : `、${roles[role]}`;
  const reached =
    quorum === null
      ? ''
      : `、マネージャー ${number(quorum.managers)} 台のうち ${number(quorum.reachable)} 台に到達可能`;
  return `${swarmStates[state]}${as}${reached}`;
}

export const status = { engine, managers, sources, liveRestore, writable, containers, swarm };
