// Japanese: while the daemon is down: rescue of the containers that still run, and who did not come back with it.
import { formatsFor } from '../format.ts';

const { number, list } = formatsFor('ja');

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in the one or two units that matter. */
const lasting = (ms: number): string => {
  if (ms < minute) return `${number(Math.max(1, Math.round(ms / second)))} 秒`;
  if (ms < 10 * minute) return `${Math.floor(ms / minute)} 分 ${Math.floor((ms % minute) / second)} 秒`;
  if (ms < hour) return `${Math.floor(ms / minute)} 分`;
  if (ms < day) return `${Math.floor(ms / hour)} 時間 ${Math.floor((ms % hour) / minute)} 分`;
  if (ms < 100 * day) return `${number(Math.floor(ms / day))} 日`;
  return '3 か月以上';
};
const kib = (bytes: number): string => `${number(Math.round(bytes / 1024))} KiB`;

const most = 5;
/** The first few by name, the rest by number. */
const some = (names: readonly string[]): string =>
  names.length <= most ? list(names) : list([...names.slice(0, most), `ほか ${number(names.length - most)} 個`]);

export const outage = {
  rescue: {
    title: (count: number): string =>
      `コンテナー ${number(count)} 個がまだ動いていますが、デーモンを次に起動すると停止します`,
    names: (names: readonly string[]): string => `${some(names)}。`,
    why: 'デーモンが止まったとき、ライブリストアは無効でした。起動の前にファイルで有効にすれば、どれも停止しません。',
    act: '停止させずに起動',
    keep: 'その後もライブリストアを有効にしておく',
    keepHelp: 'オフの場合は、コンテナーの安全を確保した後、ファイルとデーモンを元の設定に戻します。',
    change: 'ファイルの変更内容',
    blocked: 'ここでは Afloat からは行えません:',
    asRoot: (path: string): string =>
      `${path} を変更できるのは root だけです。デーモンが起動される前に、次のコマンドを実行すると、コンテナーを停止させずに起動できます:`,
    byHand: (path: string): string =>
      `手動で行う場合: デーモンが起動される前に ${path} に "live-restore": true を書き、それから起動します。`,
    byHandBroken: (path: string): string =>
      `手動で行う場合: ${path} にはすでに "live-restore": true があるようです。この行を残したままファイルを直し、それからデーモンを起動します。`,
    tray: (count: number): string => `実行中のコンテナー ${number(count)} 個を停止させずに起動…`,
    notice: {
      title: 'Docker デーモンをまだ起動しないでください',
      body: (count: number): string =>
        `コンテナー ${number(count)} 個がまだ動いており、そのまま起動すると停止します。停止させずに起動するには、Afloat を開いてください。`,
    },
    cli: {
      label: '次の起動',
      offer: (names: readonly string[]): string =>
        `コンテナー ${number(names.length)} 個がデーモンなしで動いています (${some(names)})。次の起動で停止します。`,
      how: '停止させずに起動するには: afloat start --rescue',
      needless: '次の起動で停止するコンテナーはありません。そのまま起動します。',
    },
  },
  wayBack: {
    title: '正常に動いていたバージョンに戻す',
    ran: (at: string, who: string | null): string =>
      `デーモンは ${at} のバージョン${who === null ? '' : ` (変更元: ${who})`}で動いていました。`,
    saves: (count: number, all: number): string =>
      count < all
        ? `この起動の間だけライブリストアを有効にするので、コンテナー ${number(all)} 個のうち ${number(count)} 個は動き続けます。`
        : `この起動の間だけライブリストアを有効にするので、コンテナー ${number(all)} 個は動き続けます。`,
    act: '戻して起動',
    blocked: '現在の状態では、このバージョンに戻せません:',
    asRoot: (path: string): string =>
      `${path} を変更できるのは root だけです。元に戻してデーモンを起動するには、次のコマンドを実行してください:`,
    none: '問題は下の一覧にあります。確認のいらないものは「修正する」で直せます。',
    cli: {
      how: '正常に動いていたバージョンに戻して起動するには: afloat start --working',
      asRoot: (user: string): string =>
        `root として動いた Afloat の記録を使います。${user} として動いた Afloat の記録を使うには、` +
        `${user} として sudo なしで実行してください: afloat start --working`,
    },
  },
  pipes: {
    title: 'デーモン停止中のコンテナー',
    cliLabel: '動作中',
    downFor: (ms: number): string => `停止してから ${lasting(ms)}`,
    columns: { name: '名前', now: '現在', pipe: 'ログパイプ', blocks: '止まるまで' },
    running: '実行中',
    sleeps: 'ログ待ちで停止中',
    /** Of the bar, for those who listen. */
    share: (percent: number): string => `${number(percent)} % 使用`,
    fill: (bytes: number, capacity: number): string => `${kib(bytes)} / ${kib(capacity)}`,
    now: '停止中',
    blocked: 'すでに停止',
    /** Null: not foreseeable; at a rate of nothing it never happens. */
    blocksIn: (ms: number | null, rate: number | null): string =>
      ms === null ? (rate === null ? '不明' : '出力なし') : ms < 100 * day ? `約 ${lasting(ms)}` : lasting(ms),
    none: '不明',
    nobody: '実行中のコンテナーはありません。',
    emptied: 'デーモンが動作中で、パイプを読み取っています。',
    notMeasured: {
      'not-yet': 'ログパイプを調べています。',
      'no-rights': 'ログパイプの使用量を見るには root の権限が必要です。',
      'no-program': 'ここではログパイプの使用量を測れません。/usr/bin/perl がありません。',
      failed: 'ログパイプの使用量を測れませんでした。',
      platform: 'このシステムではログパイプの使用量を測れません。',
    },
    meanwhile: 'デーモンが戻るまで、127.0.0.1 のポートとネットワーク内の名前解決は応答しません。',
    limit: (bytes: number): string =>
      `カーネルが一般のプログラムに許すパイプの上限は ${kib(bytes)} です (/proc/sys/fs/pipe-max-size)。上限を上げるだけではパイプは変わりません。「ログパイプを広げる」で変わります。`,
    enlarge: 'ログパイプを広げる',
    enlarged: (capacity: number): string => `ログパイプの容量は ${kib(capacity)} 以上になりました。`,
    stop: {
      title: '停止している間',
      socket: 'ほかのプログラムが誤って起動しないよう、ソケットも停止します。',
      enlarge: '先にログパイプを広げる',
      enlargeHelp: 'コンテナーは約 128 KiB を出力すると待ち状態になります。広げると、約 1 MiB まで出力できます。',
      watch: 'Afloat がログパイプの使用量を表示し、最初のコンテナーが止まる前にお知らせします。',
    },
  },
  fallen: {
    title: (count: number): string => `デーモンの停止中にコンテナー ${number(count)} 個が終了しました`,
    body: (names: readonly string[]): string => `${some(names)}。ライブリストアが有効であれば、動き続けていました。`,
    plain: (names: readonly string[]): string => `${some(names)}。`,
    act: (count: number): string => (count === 1 ? '起動し直す' : `${number(count)} 個すべてを起動し直す`),
    notice: {
      title: 'Docker デーモンとともにコンテナーが終了しました',
      body: (names: readonly string[]): string => `${some(names)}。Afloat を開いて起動し直せます。`,
    },
  },
};
