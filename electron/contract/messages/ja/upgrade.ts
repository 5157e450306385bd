// Japanese: what an upgrade of the engine's package means for its containers.
import type { ByItself, KnownProblemId, UpgradeFate, UpgradeStep, UpgradeVerdict } from '../../upgrade.ts';
import type { upgrade as english } from '../en/upgrade.ts';
import { formatsFor } from '../format.ts';

const { list } = formatsFor('ja');

const verdicts: Readonly<Record<UpgradeVerdict, string>> = {
  patch: 'パッチリリースへの更新です。この更新ではライブリストアがサポートされます。デーモンは再起動します。',
  unsupported:
    '別のリリースです。ライブリストアはパッチリリース間でのみサポートされます。コンテナーが失われる可能性があるため、先に停止してください。',
  skips:
    'リリースを飛ばす更新です。デーモンが実行中のコンテナーに再接続できない可能性があります。先に停止してください。',
  downgrade:
    '古いバージョンです。ダウングレードではライブリストアはサポートされず、公開ポートが使えなくなる可能性があります。先にコンテナーを停止してください。',
  none: 'ここでわかる最新のバージョンが動作しています。',
  unknown: '更新後のバージョンはここではわかりません。',
};
const fates: Readonly<Record<UpgradeFate['verdict'], string>> = {
  'keeps-running': '動き続けます',
  interrupted: '動き続けます (一時中断)',
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
  'dnf-automatic': 'dnf-automatic が自動で更新します',
  snapd: 'snapd が自動で更新します',
};

const problems: Readonly<Record<KnownProblemId, string>> = {
  'start-panics':
    'このバージョンは、ライブリストアが有効で、バインドマウントを使うコンテナーが動いていると、起動時に異常終了します。',
  'networks-not-restored':
    'このバージョンは、ライブリストアで実行中のコンテナーのネットワークを復元できず、名前解決ができなくなります。',
  'auto-remove-ends': 'このバージョンは、ライブリストアが有効でも、起動時に --rm のコンテナーを終了させて削除します。',
  'health-checks-end': 'このバージョンは、ライブリストアで実行中のコンテナーのヘルスチェックを再開しません。',
  'volumes-unguarded':
    'このバージョンでは、ライブリストアの後、再起動ポリシーのあるコンテナーが使用中のボリュームも、prune などで削除できてしまいます。',
  'volumes-kept-busy':
    'このバージョンは、ライブリストアでボリュームの使用数を誤って数えるため、次の再起動までそのボリュームを削除できません。',
  'volumes-unmounted':
    'このバージョンは、ライブリストアで独自のオプション (NFS や tmpfs など) を持つボリュームをアンマウントするため、新しいコンテナーからは空に見えます。',
  'host-gateway-connect':
    'ライブリストアの後、host-gateway を使うコンテナーを別のネットワークに接続できなくなります。host-gateway-ips を設定すると避けられます。',
  'ports-taken-no-network':
    'このバージョンがコンテナーを再び起動するとき、公開ポートが使用中だと、ネットワークなしで動くことがあります。',
  'names-outside-fail': 'このバージョンは、ユーザー定義ネットワークから Docker 外の名前を解決できません。',
  'old-clients-refused':
    'このバージョンは 1.44 (Docker 25) より古い API のクライアントを拒否するため、古いツールは動かなくなります。',
  'kernel-modules-wanted': 'このバージョンにはカーネルモジュール ip_set と xt_set が必要で、ないと起動しません。',
  'ipvlan-no-start': 'このバージョンは、古いバージョンで作られた ipvlan ネットワークがあると起動しません。',
};

export const upgrade: typeof english = {
  title: 'エンジンの更新',
  labels: {
    package: 'パッケージ',
    installed: 'インストール済み',
    running: '動作中',
    candidate: '更新候補',
    held: '保留 (hold)',
    byItself: '自動',
  },
  change: (running, candidate) => `${running} → ${candidate}`,
  held: '保留 (hold) されています。解除されるまで更新されません。',
  notKept: 'ただし、ここではこの再起動で停止するコンテナーがあります。先に停止し、後で起動し直してください。',
  steps: '手順 (コピーできるコマンド)',
  unknown: 'ここではわかりません',
  down: 'デーモンは停止しています',
  nobody: '自動で更新や再起動をするものは見つかりません',
  yes: 'はい',
  no: 'いいえ',
  verdict: (verdict) => verdicts[verdict],
  fate: (verdict) => fates[verdict],
  step: (kind) => steps[kind],
  byItselfSentence: (who) => `${byItself[who]}。`,
  byItself: (who) => byItself[who],
  problems: 'このバージョンの既知の問題',
  problem: ({ id, names }) => (names.length === 0 ? problems[id] : `${problems[id]}対象: ${list(names)}。`),
  source: (address) => address.replace(/^https:\/\/github\.com\/moby\/moby\/\w+\//, 'moby#'),
  removed: (names) => `${list(names)} は停止すると削除されます (--rm)。再び起動することはできません。`,
};
