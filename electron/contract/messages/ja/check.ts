// Japanese: what is wrong with a value, with two options together, or with what a configuration expects of this computer.
import type { CheckKind, Clash, Hurt, MachineFault, ValueFault } from '../../check-kinds.ts';
import { spaced } from '../format.ts';

type Said = { readonly sentence: string; readonly remedy: string };

/** What comes of it, as a sentence of its own. */
const hurts: Readonly<Record<Exclude<Hurt, 'nothing'>, string>> = {
  always: '起動時もリロード時も、Docker に拒否されます。',
  start: 'リロード時には検出されませんが、デーモンは起動しなくなります。',
  reload: 'デーモンは起動しますが、リロードはすべて拒否されます。',
  containers: 'デーモンは起動しますが、新しいコンテナーは失敗します。',
  networks: 'デーモンは起動しますが、このドライバーの新しいネットワークは作成できません。',
};

/** `「KEY」の「VALUE」…`, and what to do. */
const values: Readonly<Record<ValueFault, readonly [string, string]>> = {
  'not-a-cidr': ['はプレフィックス長付きのアドレスではありません。', '10.20.0.1/16 のように書いてください。'],
  'not-an-ip': ['は IP アドレスではありません。', 'IP アドレスを書いてください。'],
  'not-ipv4': ['は IPv4 アドレスではありません。', 'IPv4 アドレスを書いてください。'],
  'not-ipv6': ['は IPv6 アドレスではありません。', 'IPv6 アドレスを書いてください。'],
  'network-address': [
    'はネットワークの最初または最後のアドレスで、ホストには使えません。',
    'その間のアドレスにしてください。',
  ],
  'reserved-range': ['は予約された範囲にあります。', '10.20.0.1/16 のようなプライベートネットワークにしてください。'],
  'network-too-small': [
    'では、コンテナーに使えるアドレスが残りません。',
    '24 (IPv6 では 64) のような短いプレフィックス長にしてください。',
  ],
  'not-a-choice': ['はこのオプションが受け付ける値ではありません。', 'Docker の文書にある値にしてください。'],
  negative: ['は 0 より小さい値です。', '0 以上にしてください。'],
  'too-small': ['は小さすぎます。', 'より大きな数にしてください。'],
  'too-large': ['は大きすぎます。', 'より小さな数にしてください。'],
  'not-a-size': ['はサイズではありません。', '64M のように数と単位で書いてください。'],
  'not-a-duration': ['は期間ではありません。', '48h や 30m のように書いてください。'],
  'not-a-label': ['はラベルではありません。', '「名前=値」の形で書いてください。'],
  'reserved-label': ['は Docker 専用の名前空間にあります。', '別の名前にしてください。'],
  'conflicting-labels': ['は同じラベルに 2 つ目の値を与えます。', 'どちらか 1 つにしてください。'],
  'not-a-domain': ['はドメイン名ではありません。', 'example.com のように書いてください。'],
  'not-a-resource': [
    'はリソースではありません。',
    '「名前=数」または「名前=値」の形で、同じ名前には同じ形で書いてください。',
  ],
  'not-an-option-pair': ['は値のあるオプションではありません。', '「オプション=値」の形で書いてください。'],
  'unknown-exec-option': ['は、ここでは Docker が認識しないオプションです。', '削除してください。'],
  'not-a-url': ['は URL ではありません。', 'https://mirror.example のように書いてください。'],
  'url-scheme': ['は http:// でも https:// でも始まっていません。', '先頭にスキームを書いてください。'],
  'url-with-query': ['にはクエリまたはフラグメントがあります。', '? または # 以降を削除してください。'],
  'url-with-path': ['にはパスがあり、このバージョンでは受け付けられません。', 'パスを削除してください。'],
  'url-with-user': ['にはユーザー名またはパスワードがあります。', '削除して、docker login を使ってください。'],
  'not-a-registry': [
    'はレジストリではありません。',
    'ホスト、ホスト:ポート、または 10.0.0.0/8 のようなネットワークを書いてください。',
  ],
  'scheme-is-dropped': [
    'にはスキームがありますが、Docker はこれを切り捨てます。',
    'http:// や https:// なしで書いてください。',
  ],
  'not-a-host': [
    'は待ち受けるアドレスではありません。',
    'unix:///var/run/docker.sock や tcp://127.0.0.1:2375 のように書いてください。',
  ],
  'host-scheme': [
    'は Docker がここで待ち受けられないスキームで始まっています。',
    'unix://、tcp://、fd:// のいずれかにしてください。',
  ],
  'not-a-port': ['には有効なポートがありません。', '1 から 65535 までのポートにしてください。'],
  'no-port': ['にはポートがありません。', '「アドレス:ポート」の形で書いてください。'],
  'open-to-all': [
    'では、証明書が求められないため、このアドレスに届く人は誰でもここで root として操作できます。',
    'tlsverify と証明書を設定するか、この項目を削除してください。',
  ],
  twice: ['は余分です。Docker は種類ごとに 1 つだけ受け付けます。', 'IPv4 と IPv6 を 1 つずつにしてください。'],
  'pool-without-base': [
    'はベースのないプールです。',
    '{"base": "10.30.0.0/16", "size": 24} のように base と size を書いてください。',
  ],
  'pool-smaller-than-base': [
    'は、元のプールより大きなネットワークを作ろうとします。',
    'size をベースのプレフィックス長以上にしてください。',
  ],
  'reserved-runtime': ['は Docker 自身のランタイムの名前で、定義し直せません。', '別の名前にしてください。'],
  'runtime-without-path': [
    'は path も runtimeType もないランタイムです。',
    'path または runtimeType を書いてください。',
  ],
  'runtime-path-and-type': ['は path と runtimeType の両方があるランタイムです。', 'どちらか 1 つにしてください。'],
  'runtime-arguments-with-type': [
    'は引数と runtimeType の両方があるランタイムです。',
    'runtimeArgs の代わりに options を使ってください。',
  ],
  'runtime-options': [
    'は、このランタイムが受け付けない options です。',
    'runtimeArgs または runtimeType を使ってください。',
  ],
  'unknown-runtime': [
    'はここで定義されていないランタイムです。',
    '「runtimes」の下に定義するか、runc にしてください。',
  ],
  'unknown-log-driver': [
    'は、ここでは使えないログドライバーです。',
    'json-file、local、journald のいずれかにするか、プラグインをインストールしてください。',
  ],
  'unknown-log-option': ['はこのログドライバーのオプションではありません。', '削除するか、名前を直してください。'],
  'bad-log-option': ['はこのオプションが受け付ける値ではありません。', '値を直してください。'],
  'missing-log-option': ['がありません。このログドライバーに必要です。', '「log-opts」の下に追加してください。'],
  'log-option-needs-other': [
    'には別のオプションも必要です。',
    'max-file と compress には max-size を、max-buffer-size には mode=non-blocking を合わせて書いてください。',
  ],
  'unknown-storage-driver': [
    'はこのバージョンにないストレージドライバーです。',
    '削除してください。Docker が適切なものを選びます。',
  ],
  'removed-storage-driver': [
    'はこのバージョンにはもうないストレージドライバーです。',
    '削除してください。Docker が適切なものを選びます。',
  ],
  'unknown-storage-option': ['はこのストレージドライバーのオプションではありません。', '削除してください。'],
  'bad-storage-option': ['はこのオプションが受け付ける値ではありません。', '値を直してください。'],
  'not-absolute': ['は絶対パスではありません。', '/ から始まるパスを書いてください。'],
  'not-a-user': [
    'はユーザーでも「ユーザー:グループ」でもありません。',
    'ユーザー、「ユーザー:グループ」、default のいずれかを書いてください。',
  ],
  deprecated: ['は非推奨で、このバージョンでは拒否されます。', '削除してください。'],
  'soft-above-hard': ['はソフト制限がハード制限を超えています。', 'Soft を Hard 以下にしてください。'],
  'limit-without-name': ['には Name がないため、どの制限か Docker にはわかりません。', 'Name を追加してください。'],
  'too-many-files': ['は、Linux がプロセスに許すファイル数を超えています。', '1048576 のような数にしてください。'],
  'no-open-files': [
    'がファイル数のソフト制限では、どのプログラムも起動できません。',
    'Hard とともに Soft も書いてください。',
  ],
  'not-on-swarm-node': [
    'は Swarm ノードでは使えません。オーバーレイネットワークのルールは iptables で作られます。',
    'iptables にしてください。',
  ],
  'another-limit': ['は、キーとは別の制限の名前です。', 'キーと同じ名前にしてください。'],
  'not-a-filter': ['は読み取れないフィルターです。', 'フィルターを直してください。'],
};

/** `「KEY」の「VALUE」…`, about this computer. */
const machine: Readonly<Record<MachineFault, readonly [string, string]>> = {
  'no-file': ['のファイルがありません。', 'ファイルを作るか、パスを直してください。'],
  'no-folder': ['のフォルダーがありません。', 'フォルダーを作るか、パスを直してください。'],
  'not-a-folder': ['はファイルですが、フォルダーが必要です。', '別のパスにしてください。'],
  'not-a-file': ['はフォルダーですが、ファイルが必要です。', '別のパスにしてください。'],
  'not-executable': ['は実行できないファイルです。', '実行できるようにするか、パスを直してください。'],
  'not-json': ['は正しい JSON のファイルではありません。', 'そのファイルを直してください。'],
  'no-program': ['のプログラムはここにインストールされていません。', 'インストールするか、削除してください。'],
  'no-user': ['というユーザーはここに存在しません。', 'ユーザーを作るか、別のユーザーにしてください。'],
  'no-group': ['というグループはここに存在しません。', 'グループを作るか、別のグループにしてください。'],
  'no-subordinate-ids': [
    'には /etc/subuid と /etc/subgid の範囲がありません。',
    '範囲を追加するか、default にしてください。',
  ],
  'no-interface': ['というネットワークインターフェースはここにありません。', 'ブリッジを作るか、削除してください。'],
  'not-a-bridge': ['はブリッジではないインターフェースです。', 'ブリッジを指定してください。'],
  'no-plugin': [
    'というプラグインはここにインストールされていません。Docker は 15 秒待ってから終了します。',
    'プラグインをインストールするか、削除してください。',
  ],
  'no-socket': ['のソケットがありません。', 'そこで待ち受けるものを起動するか、削除してください。'],
  'no-address': [
    'はこのコンピューターのアドレスではありません。',
    'このコンピューターのアドレスか 127.0.0.1 にしてください。',
  ],
  'port-taken': ['のポートは別のプログラムが使っています。', '別のポートにするか、そのプログラムを終了してください。'],
  'no-systemd': ['には systemd が必要ですが、ここでは動いていません。', 'systemd なしで使える値にしてください。'],
  'not-in-kernel': [
    'には、このコンピューターのカーネルまたはファイルシステムにない機能が必要です。',
    '別のドライバーにしてください。',
  ],
  'bad-certificate': ['は証明書または鍵のファイルではありません。', 'PEM ファイルを指定してください。'],
  'pools-taken': [
    'には、デフォルトのブリッジに使える IPv4 ネットワークが残っていません。すべてここで使われています。',
    '空いているプールにするか、bip を設定してください。',
  ],
};

/** About two options. */
const clashes: Readonly<Record<Clash, (key: string, other: string) => readonly [string, string]>> = {
  'exclude-each-other': (key, other) => [
    `「${key}」と「${other}」は同時に使えません。`,
    'どちらか 1 つにしてください。',
  ],
  'needs-other': (key, other) => [
    `今の「${other}」では「${key}」は使えません。`,
    `「${key}」または「${other}」を変えてください。`,
  ],
  'outside-of': (key, other) => [
    `「${key}」は、「${other}」で決まるブリッジのネットワークの外にあります。`,
    'その中のものにしてください。',
  ],
  'same-as': (key, other) => [
    `「${key}」は、「${other}」でブリッジ自身に与えるアドレスと同じです。`,
    '同じネットワークの別のアドレスにしてください。',
  ],
  'same-port': (key, other) => [`「${key}」は「${other}」と同じポートを使います。`, '別のポートにしてください。'],
  'not-with': (key, other) => [
    `「${key}」は「${other}」と一緒に使えません。`,
    `「${key}」を削除するか、「${other}」を変えてください。`,
  ],
};

const places = {
  interface: (name: string, other: string) => `インターフェース ${name} のネットワーク ${other}`,
  route: (name: string, other: string) => `${name} を通る ${other} への経路`,
  network: (name: string, other: string) => `Docker のネットワーク ${name} (${other})`,
  option: (name: string, other: string) => `「${name}」の ${other}`,
} as const;

const said = (sentence: string, hurt: Hurt, remedy: string): Said => ({
  sentence: hurt === 'nothing' ? sentence : `${sentence}${hurts[hurt]}`,
  remedy,
});

export function checkFinding(about: CheckKind): Said {
  switch (about.kind) {
    case 'bad-value':
    case 'not-on-machine': {
      const [says, remedy] = about.kind === 'bad-value' ? values[about.why] : machine[about.why];
      return said(`「${about.key}」の「${about.value}」${says}`, about.hurts, remedy);
    }
    case 'clash': {
      const [says, remedy] = clashes[about.why](about.key, about.other);
      return said(says, about.hurts, remedy);
    }
    case 'overlap':
      return said(
        spaced`「${about.key}」の「${about.range}」は、${places[about.with](about.name, about.other)} と重なります。コンテナーからそこに届かなくなるおそれがあります。`,
        about.hurts,
        '空いているネットワークにしてください。',
      );
  }
}
