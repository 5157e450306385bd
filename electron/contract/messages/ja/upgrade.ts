// Japanese: what an upgrade of the engine's package means for its containers.
import type { ByItself, UpgradeFate, UpgradeStep, UpgradeVerdict } from '../../upgrade.ts';
import type { upgrade as english } from '../en/upgrade.ts';
import { formatsFor } from '../format.ts';

const { list } = formatsFor('ja');

const verdicts: Readonly<Record<UpgradeVerdict, string>> = {
  patch: 'パッチリリースです。ライブリストアがサポートされます。デーモンは再起動します。',
  unsupported:
    '別のリリースです。ライブリストアはパッチリリース間でのみサポートされます。コンテナーが失われる可能性があるため、先に停止してください。',
  skips:
    'リリースを飛ばす更新です。デーモンが実行中のコンテナーに再接続できない可能性があります。先に停止してください。',
  downgrade:
    '古いバージョンです。ダウングレードではライブリストアはサポートされず、公開ポートが使えなくなる可能性があります。先にコンテナーを停止してください。',
  none: 'ここで分かる最新のバージョンが実行されています。',
  unknown: '更新後のバージョンはここでは分かりません。',
};
const fates: Readonly<Record<UpgradeFate['verdict'], string>> = {
  'keeps-running': '実行を続けます',
  interrupted: '実行を続けますが、一時中断があります',
  stops: '停止します',
  hidden: '見えなくなります',
  lost: '失われます',
  'may-be-lost': '失われる可能性があります。先に停止してください',
};
const steps: Readonly<Record<UpgradeStep['kind'], string>> = {
  record: '実行中のコンテナーを起動順に書き留める',
  stop: '最後に起動したものから停止する',
  upgrade: '更新する',
  restart: 'デーモンを再起動する (パッケージは更新済み)',
  start: '同じコンテナーを同じ順序で起動する',
};
const byItself: Readonly<Record<ByItself, string>> = {
  'unattended-upgrades': 'unattended-upgrades が自動で更新します',
  needrestart: 'needrestart が自動で再起動します',
  snapd: 'snapd が自動で更新します',
};

export const upgrade: typeof english = {
  title: 'Engine の更新',
  labels: {
    package: 'パッケージ',
    installed: 'インストール済み',
    running: '実行中',
    candidate: '更新候補',
    held: '保留 (hold)',
    byItself: '自動',
  },
  change: (running, candidate) => `${running} → ${candidate}`,
  held: '保留 (hold) されています。解除されるまで更新されません。',
  notKept: 'ただし、ここではこの再起動で停止するコンテナーがあります。先に停止し、後で起動し直してください。',
  steps: '手順 (コピーできるコマンド)',
  unknown: 'ここでは分かりません',
  down: 'デーモンは停止しています',
  nobody: '自動で更新や再起動をするものは見つかりません',
  yes: 'はい',
  no: 'いいえ',
  verdict: (verdict) => verdicts[verdict],
  fate: (verdict) => fates[verdict],
  step: (kind) => steps[kind],
  byItselfSentence: (who) => `${byItself[who]}。`,
  byItself: (who) => byItself[who],
  removed: (names) => `${list(names)} は停止すると削除されます (--rm)。再び起動することはできません。`,
};
