// Japanese: what the doctor finds, what it means, and what to do.
import type { CheckId, DoctorAbout } from '../../doctor.ts';
import { formatsFor } from '../format.ts';

const { list, number } = formatsFor('ja');

type Said = { readonly sentence: string; readonly remedy: string };
const say = (sentence: string, remedy: string): Said => ({ sentence, remedy });

/** One function for every check: a new one does not compile without its sentences. */
const sentences: { readonly [K in CheckId]: (about: Extract<DoctorAbout, { check: K }>) => Said } = {
  'kill-mode': ({ killMode, unit }) =>
    say(
      `${unit} は KillMode=${killMode} です。ライブリストアが有効でも、停止や再起動ですべてのコンテナーが終了します。`,
      `KillMode=process にしてください: systemctl edit ${unit}`,
    ),
  'never-ended': ({ unit }) =>
    say(
      `${unit} は KillMode=none です。systemd がデーモンを終了させないため、再起動は失敗し、停止してもデーモンは動き続けます。`,
      `KillMode=process にしてください: systemctl edit ${unit}`,
    ),
  'mount-flags': ({ flags, unit }) =>
    say(
      `${unit} に ${flags} があります。再起動後も動き続けたコンテナーは削除できません。containerd が別のサービスの場合は、コンテナーを起動できません。`,
      `その行を削除してください: systemctl edit --full ${unit}`,
    ),
  'containerd-bound': ({ by, unit }) =>
    say(
      `${unit} に ${by}=containerd.service があります。containerd の更新や停止でデーモンも止まり、戻らないことがあります。`,
      `Wants= と After= を使ってください: systemctl edit --full ${unit}`,
    ),
  'start-limit': ({ unit, sockets }) =>
    say(
      `短い間に何度も失敗したため、systemd は ${unit} を起動しなくなりました。`,
      `原因を取り除いてから実行してください: systemctl reset-failed ${[unit, ...sockets].join(' ')}。「デーモンを起動」でも行われます。`,
    ),
  'restart-loop': ({ unit, restarts }) =>
    say(
      `${unit} は予期せず終了し、${number(restarts)} 回起動し直されました。`,
      'デーモンのログで原因を確認してください。',
    ),
  'ports-not-restored': ({ container, ports }) =>
    say(
      `${container} は実行中ですが、${list(ports)} が公開されていません。デーモンが戻ったとき、ポートが使われていました。`,
      `ポートを空けてから、コンテナーを再起動してください: docker restart ${container}`,
    ),
  'no-network': ({ container, network }) =>
    say(
      `${container} はネットワーク ${network} なしで実行中です。`,
      `接続し直してください: docker network connect ${network} ${container}`,
    ),
  'duplicate-address': ({ network, address, containers }) =>
    say(
      `${list(containers)} は ${network} で同じアドレス ${address} を持っています。届くのは 1 つだけです。`,
      `1 つを残して再起動してください: docker restart ${containers.at(-1) ?? ''}`,
    ),
  'standard-networks': ({ missing }) =>
    say(
      `標準ネットワーク ${list(missing)} がありません。それを使うコンテナーは起動できません。`,
      'すべてのコンテナーを停止してから、デーモンを再起動してください。実行中のコンテナーがあると作り直されません。',
    ),
  'ghost-process': ({ container, pid }) =>
    say(
      `デーモンは ${container} を実行中としていますが、プロセス ${pid} はもうありません。`,
      `再起動してください: docker restart ${container}。応答しない場合はデーモンを再起動してください。`,
    ),
  'shim-missing': ({ container }) =>
    say(
      `${container} は shim なしで動いています。デーモンは停止も出力の読み取りもできません。`,
      'プロセスを手動で終了し、コンテナーを起動し直してください。',
    ),
  'auto-remove': ({ containers, version }) =>
    say(
      `Docker ${version} を再起動すると、ライブリストアが有効でも、--rm で起動した ${list(containers)} が終了し、削除されます。`,
      '25.0 以降に更新するか、--rm なしで実行してください。',
    ),
  'health-checks': ({ containers, version }) =>
    say(
      `Docker ${version} の再起動後、${list(containers)} のヘルスチェックは再開されず、最後の状態のまま残ります。`,
      `23.0 以降に更新するか、デーモンの再起動後に再開させてください: docker pause ${containers.join(' ')}; docker unpause ${containers.join(' ')}`,
    ),
  'overlay-networks': ({ networks }) =>
    say(
      `実行中のコンテナーがオーバーレイネットワーク ${list(networks)} を使っています。再起動後、ライブリストアでは元に戻りません。`,
      'デーモンの再起動後に、それらのコンテナーを再起動してください。',
    ),
  'volume-prune': ({ version }) =>
    say(
      `ライブリストアが有効な Docker ${version} では、docker volume prune が使用中のボリュームを削除することがあります。`,
      '20.10.19 以降に更新するまで、ボリュームの prune は行わないでください。',
    ),
  'own-log-target': ({ container, target, address }) =>
    say(
      `${container} は、同じデーモンの ${target} が待ち受ける ${address} にログを送ります。${target} が止まっている間、${container} は起動しません。`,
      '別のマシンに送るか、ログドライバーに mode=non-blocking と再試行のオプションを指定してください。',
    ),
  'sysbox-names': ({ containers }) =>
    say(
      `sysbox で動く ${list(containers)} は、デーモンの再起動後に名前を解決できません。`,
      'デーモンの再起動後に、それらのコンテナーを再起動してください。',
    ),
  'gpu-daemon-reload': ({ containers }) =>
    say(
      `systemctl daemon-reload を行うと、再起動するまで ${list(containers)} から GPU が使えなくなります。`,
      'cgroup ドライバーを cgroupfs にする ("exec-opts") か、起動時に GPU のデバイスを指定してください。',
    ),
  'unattended-upgrades': ({ packageName }) =>
    say(
      `このシステムは ${packageName} を自動で更新し、デーモンを再起動します。ライブリストアが無効なので、そのときすべてのコンテナーが停止します。`,
      'ライブリストアを有効にするか、パッケージを保留 (hold) してください。',
    ),
  'nftables-flush': ({ path }) =>
    say(
      `${path} に「flush ruleset」があります。読み込み直すたびに、デーモンを再起動するまでコンテナーから外部に接続できず、公開ポートは docker-proxy を通してだけ応答します。`,
      '自分のテーブルだけを flush するようにしてください。',
    ),
  'network-gone': ({ container, network }) =>
    say(
      `${container} はネットワーク ${network} で実行中ですが、デーモンはそのネットワークをもう認識していません。名前では届かず、同じアドレスが別のコンテナーに割り当てられることがあります。`,
      `ネットワークを作り直してから、コンテナーを再起動してください: docker network create ${network}; docker restart ${container}`,
    ),
  'bridge-address': ({ network, subnet }) =>
    say(
      `ネットワーク ${network} のブリッジに ${subnet} のアドレスがありません。このネットワークのコンテナーから外部に接続できません。`,
      'デーモンを再起動すると、アドレスが再び割り当てられます。ライブリストアが有効なら、コンテナーは動き続けます。',
    ),
  'bridge-detached': ({ network, containers }) =>
    say(
      `ネットワーク ${network} のブリッジが作り直され、つながっていないコンテナーがあります。対象: ${list(containers)}。`,
      `再起動してください: docker restart ${containers.join(' ')}`,
    ),
  'bridge-settings': ({ key, wanted, now }) =>
    say(
      `${key} の設定は ${wanted} ですが、デフォルトブリッジは ${now} のままです。実行中のコンテナーがあると、デーモンは起動時にこの設定を適用しません。`,
      'すべてのコンテナーを停止してから、デーモンを再起動してください。',
    ),
  'port-rules': ({ containers }) =>
    say(
      `${list(containers)} の公開ポート用のファイアウォールルールがありません。何かが削除しました。コンテナーから外部への接続もできない可能性があります。`,
      'デーモンを再起動すると、ルールが作り直されます。ライブリストアが有効なら、コンテナーは動き続けます。',
    ),
  'proxy-left': ({ pid, port, target }) =>
    say(
      `デーモンのない docker-proxy (プロセス ${pid}) が ${target} のためにポート ${port} を占有しています。このポートを公開するコンテナーは起動できません。`,
      `終了してください: sudo kill ${pid}`,
    ),
  'start-failed': ({ container, error }) =>
    say(
      `${container} は常に実行されるはずですが、最後の起動に失敗しました: ${error}`,
      `原因を取り除いてから、起動してください: docker start ${container}`,
    ),
  'volume-unmounted': ({ volumes, version }) =>
    say(
      `ライブリストアが有効な Docker ${version} を再起動すると、ボリューム ${list(volumes)} がアンマウントされます。その後に起動したコンテナーからは空に見えます。`,
      '24.0.6 以降に更新するか、デーモンの再起動後に、それらのボリュームを使うコンテナーを再起動してください。',
    ),
  'restored-networks': ({ containers, version }) =>
    say(
      `Docker ${version} の再起動後、${list(containers)} はほかのコンテナーの名前を解決できません。`,
      '24.0.4 以降に更新するか、デーモンの再起動後に、それらのコンテナーを再起動してください。',
    ),
  'bind-mount-crash': ({ containers, version }) =>
    say(
      `バインドマウントを使う ${list(containers)} が動き続けていると、Docker ${version} は起動時に異常終了します。`,
      '再起動する前に 24.0.4 以降に更新してください。',
    ),
  'host-gateway': ({ containers, version }) =>
    say(
      `host-gateway を使う ${list(containers)} は、Docker ${version} の再起動後、別のネットワークに接続できません。`,
      'host-gateway-ips を、例えば既定のブリッジのアドレスに設定してください。',
    ),
};

export const doctor = {
  finding: (about: DoctorAbout): Said =>
    // The table has the right function for every check; TypeScript cannot follow that through the index.
    (sentences[about.check] as (about: DoctorAbout) => Said)(about),
  healthy: '問題になりそうなことは見つかりませんでした。',
  mute: '今後は知らせない',
  muted: '知らせない検査',
  unmute: 'また知らせる',
  names: {
    'kill-mode': 'ユニットの KillMode',
    'never-ended': 'デーモンを終了させないユニット',
    'mount-flags': 'ユニットのマウント',
    'containerd-bound': 'containerd に結び付いたユニット',
    'start-limit': 'systemd の起動回数制限',
    'restart-loop': '繰り返し終了するデーモン',
    'ports-not-restored': '元に戻らなかったポート',
    'no-network': 'ネットワークのないコンテナー',
    'duplicate-address': '重複したアドレス',
    'standard-networks': '標準ネットワーク',
    'ghost-process': 'プロセスのないコンテナー',
    'shim-missing': 'shim のないコンテナー',
    'auto-remove': '古いエンジンの --rm',
    'health-checks': '古いエンジンのヘルスチェック',
    'overlay-networks': 'オーバーレイネットワーク',
    'volume-prune': '古いエンジンの volume prune',
    'own-log-target': '自分のコンテナーへのログ',
    'sysbox-names': 'sysbox の名前解決',
    'gpu-daemon-reload': 'GPU と daemon-reload',
    'unattended-upgrades': '自動更新',
    'nftables-flush': '全ルールを消すファイアウォール',
    'network-gone': '認識されなくなったネットワーク',
    'bridge-address': 'アドレスのないブリッジ',
    'bridge-detached': 'コンテナーがつながっていないブリッジ',
    'bridge-settings': 'デフォルトブリッジの設定',
    'port-rules': '公開ポートのファイアウォールルール',
    'proxy-left': 'デーモンのない docker-proxy',
    'start-failed': '起動に失敗したコンテナー',
    'volume-unmounted': '古いエンジンのマウント付きボリューム',
    'restored-networks': '24.0 の再起動後のネットワーク',
    'bind-mount-crash': '24.0.3 のバインドマウント',
    'host-gateway': '再起動後の host-gateway',
  } satisfies Record<CheckId, string> as Readonly<Record<CheckId, string>>,
};
