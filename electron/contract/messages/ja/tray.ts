// Japanese: the tray, its menu, and the few words of the app outside its window.
import type { EngineState, LiveRestore } from '../../snapshot.ts';
import type { Outcome } from '../../outcome.ts';
import { formatsFor } from '../format.ts';

const { number } = formatsFor('ja');

const states: Readonly<Record<EngineState, string>> = {
  connecting: 'デーモンを検索中…',
  running: '動作中',
  reloading: '設定をリロード中…',
  starting: '起動中…',
  restarting: '再起動中…',
  stopping: '停止処理中…',
  stopped: '停止',
  armed: '停止 (要求時に起動)',
  hanging: '応答なし',
  failed: '失敗',
  denied: '権限なし',
  absent: '見つかりません',
};

const liveRestoreBlocks: Readonly<Record<NonNullable<LiveRestore['blockedBy']>, string>> = {
  swarm: 'Swarm ノードでは不可',
  windows: 'Windows コンテナーでは不可',
  flag: 'フラグで設定済み',
};

const verbs: Readonly<Record<Outcome['verb'], string>> = {
  apply: '変更の適用',
  reload: 'リロード',
  restart: '再起動',
  start: '起動',
  stop: '停止',
  recover: '修復',
};

const containers = (count: number): string => `コンテナー ${number(count)} 個`;

export const tray = {
  /** Without a target: nothing was looked at yet. */
  windowTitle: (target: string): string => (target === '' ? 'Afloat' : `Afloat — ${target}`),
  sandbox: 'サンドボックス',
  tooltip: (target: string, state: EngineState): string =>
    target === '' ? `Afloat: ${states[state]}` : `Docker (${target}): ${states[state]}`,
  state: (version: string | null, state: EngineState): string =>
    version === null ? `Docker Engine: ${states[state]}` : `Docker Engine ${version}: ${states[state]}`,
  working: (verb: Outcome['verb']): string => `${verbs[verb]}を実行しています…`,

  liveRestore: 'ライブリストア',
  /** A menu item that cannot be used says why. */
  withReason: (label: string, reason: string): string => `${label} (${reason})`,
  reasons: {
    ...liveRestoreBlocks,
    down: 'デーモンが停止中',
    readOnly: '表示のみ',
    notWritable: 'ファイルに書き込めません',
    broken: 'ファイルが壊れています',
  },
  reload: '設定をリロード',
  restart: 'デーモンを再起動…',
  start: 'デーモンを起動',
  stop: 'デーモンを停止…',
  running: (count: number): string => `実行中の${containers(count)}`,
  runningUnknown: 'コンテナー: 不明',
  preferences: '環境設定…',
  quit: 'Afloat を終了',

  problems: {
    outcome: (verb: Outcome['verb'], result: 'rolled-back' | 'failed'): string =>
      result === 'rolled-back' ? `${verbs[verb]}を元に戻しました` : `${verbs[verb]}に失敗しました`,
    worse: 'コンテナーに予測を超える影響がありました',
    config: 'daemon.json を読み込めません',
    findings: (count: number): string => `${number(count)} 件の問題が見つかりました`,
  },

  autostartComment: 'コンテナーを失わずに Docker デーモンの設定を変更',
  usage: (detail: string): string => `afloat: 「${detail}」を解釈できません。何も起動していません。
引数: --host URL、--context NAME、--config-file PATH、--manager NAME、--sandbox、--hidden
`,
};
