// Japanese: everything that only the window says.
import { formatsFor, spaced } from '../format.ts';
import { status } from './status.ts';

const { list, number, seconds } = formatsFor('ja');

const containers = (count: number): string => `コンテナー ${number(count)} 個`;

const someOf = (count: number, all: number): string =>
  count < all
    ? `${containers(all)}のうち ${number(count)} 個`
    : all === 1
      ? '実行中のコンテナー'
      : `${containers(all)}すべて`;

export const window = {
  navigation: 'ページ',
  engine: 'Docker Engine',
  page: 'このページ',
  logLines: 'デーモンのログの行',
  pages: { general: '一般', daemon: 'デーモン', status: '状態', history: '履歴', about: 'Afloat について' },
  tabs: { label: '設定の表示方法', basic: '基本', advanced: '詳細', json: 'JSON' },
  problems: (count: number): string => `問題 ${number(count)} 件`,

  actions: {
    cancel: 'キャンセル',
    dismiss: '閉じる',
    discard: '破棄',
    review: '内容を確認',
    hideReview: '内容を隠す',
    apply: '適用',
    applyReload: '適用してリロード',
    applyRestart: '適用して再起動',
    applyReloadRestart: '適用、リロード、再起動',
    add: '追加',
    remove: (what: string): string => spaced`${what} を削除`,
    undo: (what: string): string => spaced`${what} の変更を取り消す`,
    reset: '取り消す',
    reload: 'リロード',
    restart: '再起動…',
    restartDaemon: 'デーモンを再起動…',
    startDaemon: 'デーモンを起動',
    startUnsaved: 'コンテナーを停止させて起動…',
    stop: '停止…',
    refresh: 'もう一度確認',
    reveal: 'ファイルの場所を開く',
    revealIt: '場所を開く',
    revealLog: 'ログの場所を開く',
    editJson: 'JSON で編集',
    putRight: '修正する',
    editLine: (line: number): string => `${line} 行目へ移動`,
    keepMine: '自分の内容を残す',
    takeFile: 'ディスク上の内容を使う',
    startSandbox: 'サンドボックスデーモンを起動',
  },

  general: {
    appearance: '表示',
    behavior: '動作',
    daemon: 'デーモン',
    sandbox: '練習',
    theme: {
      title: 'テーマ',
      help: 'このウィンドウの配色です。',
      system: 'システムに合わせる',
      light: 'ライト',
      dark: 'ダーク',
    },
    language: {
      title: '言語',
      help: 'ウィンドウ、メニュー、通知の言語です。',
      system: 'システムに合わせる',
      en: 'English',
      ja: '日本語',
    },
    openAtLogin: { title: 'ログイン時に開く', help: 'ウィンドウを開かず、トレイで起動します。' },
    notifications: {
      section: '通知',
      title: '通知を表示',
      help: 'このウィンドウが前面にないときにお知らせします。',
    },
    notices: {
      down: 'デーモンが停止した',
      back: 'デーモンが復帰した',
      restarted: 'Afloat 以外からデーモンが再起動された',
      'file-changed': 'Afloat 以外から daemon.json が変更された',
      applied: '変更、リロード、再起動が完了した',
      'rolled-back': '変更が拒否された、失敗した、または元に戻された',
      rescue: 'コンテナーの停止をまだ防げる',
      'not-as-before': 'Afloat 以外からの再起動の後に元と異なる点がある',
      fallen: 'デーモンとともにコンテナーが終了した',
      'pipes-filling': 'まもなくコンテナーがデーモンを待って止まる',
    },
    noTray: 'このデスクトップにはトレイアイコンが表示されません。すべての操作はここと afloat コマンドで行えます。',
    setAside: (path: string): string =>
      `環境設定を読み込めなかったため、デフォルトの設定を使います。元のファイル: ${path}`,
    oneDaemon: 'このコンピューターで見つかった唯一のデーモンです。',
    locked: '編集中の変更を先に適用または破棄してください。編集中はデーモンを切り替えられません。',
    context: (name: string): string => `Docker コンテキスト「${name}」`,
    sandboxTitle: 'サンドボックスデーモン',
    sandboxHelp:
      'いくつかのコンテナーを動かす専用の Docker デーモンです。独立したネットワークで自由に試せます。お使いの環境には触れません。',
    sandboxMissing: (what: readonly string[]): string => `ここでは使えません。不足しているもの: ${list(what)}。`,
    sandboxStarting: '起動しています…',
    sandboxOn: (endpoint: string): string => `${endpoint} で動作しています。`,
    sandboxFailed: '起動しませんでした。',
  },

  liveRestore: {
    title: status.liveRestore.title,
    truths: 'ライブリストアの設定箇所',
    onceApplied: '適用後',
    survives: (kept: number, all: number): string => {
      if (kept === all) return `再起動しても、${someOf(all, all)}が動き続けます。`;
      return kept === 0
        ? `今再起動すると、${someOf(all, all)}が停止します。`
        : `再起動しても ${containers(all)}のうち ${number(kept)} 個は動き続けますが、${number(all - kept)} 個は停止します。`;
    },
    noContainers: '実行中のコンテナーはありません。再起動しても停止するものはありません。',
    asking: '再起動した場合の影響を調べています…',
    cannotTell: '再起動した場合の影響は、今は予測できません。',
  },

  field: {
    deferred: 'コンテナーなしの起動',
    modified: '変更済み・未適用',
    otherValue: (value: string): string => `${value} (ファイルの値)`,
  },
  locks: {
    readOnly: 'このデーモンは表示のみです。「状態」をご覧ください。',
    notWritable: 'このファイルは変更できません。',
    noFile: 'このデーモンの設定ファイルがわかりません。',
    broken: 'daemon.json を読み込めません。先に JSON で修復してください。',
    brokenDraft: 'JSON のテキストがまだ正しくありません。',
    flag: (flag: string): string =>
      `フラグ ${flag} で設定されています。フラグとファイルの両方にあるとデーモンは起動しません。`,
    busy: 'デーモンに対する処理が進行中です。',
  },

  json: {
    label: 'daemon.json のテキスト',
    noFile: (path: string): string => `ファイルはまだありません。適用すると ${path} が作成されます。`,
    unknown: 'このデーモンの設定ファイルがわかりません。',
    position: (line: number, column: number): string => `${line} 行 ${column} 列`,
    asFile: 'ディスク上の内容',
    asDraft: '変更を含む内容 (未適用)',
    asText: '編集した内容 (未適用)',
    notYours: (path: string): string => `${path} に書き込む権限がありません。`,
    notYoursHelp: 'それでもここで変更を用意できます。管理者が実行するコマンドを Afloat が示します。',
    brokenKept: 'ファイルをそのまま表示しています。操作しない限り置き換えられません。',
    unreadable: 'ファイルのテキストを表示できません。',
    readOnly: 'このファイルは表示のみです。',
  },

  bar: {
    label: '編集中の変更',
    layoutOnly: 'ファイルの書式だけの変更です',
    asking: '影響を調べています…',
    cannotPlan: '影響を予測できません',
    blocked: 'これは適用できません',
    byHand: '手動で適用',
    moved: '編集中に daemon.json が別の操作で変更されました。',
    conflict: '編集中に daemon.json が別の操作で変更されました',
    conflictHelp: '自分の内容を残して新しいファイルに上書きするか、今のファイルの内容にします。',
    fileGone: '今はファイルを読み込めません。編集中の変更は残っています。',
    twoPhases: '停止するコンテナーが出ないよう、先にリロードしてライブリストアを反映します。',
    later: (names: readonly string[]): string =>
      spaced`${list(names)} は、実行中のコンテナーがない状態での起動時に有効になります。`,
    restartBecause: (names: readonly string[]): string => `再起動の理由: ${list(names)}。`,
    alsoTakes: (names: readonly string[]): string =>
      spaced`再起動すると、再起動を待っていた ${list(names)} も有効になります。`,
    allKeep: (count: number): string =>
      count === 0 ? '実行中のコンテナーはありません。' : `${someOf(count, count)}が動き続けます。`,
    someEnd: (stops: number, lost: number, all: number): string =>
      [
        ...(stops > 0 ? [`${someOf(stops, all)}が停止します。`] : []),
        ...(lost > 0 ? [`${someOf(lost, all)}がデーモンの管理から外れます。`] : []),
      ].join(''),
    interrupted: (count: number): string => `${number(count)} 個が一時的に中断されます。`,
    count: containers,
    more: (count: number): string => `ほか ${number(count)} 個`,
    diff: 'ファイルの変更点',
    fates: 'コンテナーへの影響',
    sameText: 'ファイルの行に変更はありません。',
    addedLine: '追加:',
    removedLine: '削除:',
  },

  confirm: {
    restart: 'デーモンを再起動しますか?',
    stop: 'デーモンを停止しますか?',
    start: 'デーモンを起動しますか?',
    reload: '設定をリロードしますか?',
    draft: 'これらの変更を適用しますか?',
    liveRestoreOn: 'ライブリストアを有効にしますか?',
    liveRestoreOff: 'ライブリストアを無効にしますか?',
    wayBack: 'このバージョンに戻して起動しますか?',
    asking: '影響を調べています…',
    verbs: {
      restart: '再起動',
      stop: 'デーモンを停止',
      start: '起動',
      reload: 'リロード',
      draft: '適用',
      liveRestoreOn: '有効にする',
      liveRestoreOff: '無効にする',
      wayBack: '戻して起動',
    },
    /** The button says what it does to containers. */
    and: (verb: string, { stops, hidden, lost }: Readonly<Record<'stops' | 'hidden' | 'lost', number>>): string => {
      if (stops > 0) return `${verb} (${containers(stops)}を停止)`;
      if (lost > 0) return `${verb} (${containers(lost)}を失う)`;
      return hidden > 0 ? `${verb} (${containers(hidden)}が見えなくなる)` : verb;
    },
    risk: '続行した場合:',
  },

  progress: {
    step: (at: number): string => `手順 ${number(at)}`,
    elapsed: (ms: number): string => `${seconds(ms)} 秒`,
    label: '進行中の処理',
    asking: 'お待ちください…',
  },

  result: {
    says: (title: string, value: string): string =>
      spaced`デーモンの ${title} は ${value === 'true' ? '有効' : value === 'false' ? '無効' : value} です。`,
    kept: (kept: number, before: number): string =>
      before === 0 ? '' : `${someOf(kept, before)}が同じプロセスのままです。`,
    gap: (ms: number): string => `API が応答しなかった時間は ${seconds(ms)} 秒です。`,
    took: (ms: number): string =>
      `所要時間は ${ms < 1000 ? `${number(Math.round(ms))} ミリ秒` : `${seconds(ms)} 秒`}です。`,
  },

  status: {
    daemon: 'デーモン',
    containers: 'コンテナー',
    containersDown: 'デーモンが応答すると、コンテナーが再び表示されます。',
    noContainers: 'このデーモンにコンテナーはありません。',
    findings: '知っておくべきこと',
    last: '前回の操作',
    warnings: 'デーモンからの警告',
    facts: {
      state: '状態',
      since: 'この状態の開始',
      version: 'バージョン',
      api: 'API バージョン',
      system: 'OS',
      endpoint: 'エンドポイント',
      manager: '管理',
      pid: 'プロセス',
      config: '設定ファイル',
      dataRoot: 'データルート',
      storage: 'ストレージドライバー',
      liveRestore: 'ライブリストア',
      swarm: 'Swarm',
    },
    noFile: 'ファイルはまだありません',
    columns: {
      name: '名前',
      state: '状態',
      pid: 'プロセス',
      ports: 'ポート',
      fate: '再起動した場合',
    },
    containerStates: {
      running: '実行中',
      paused: '一時停止',
      restarting: '再起動中',
      created: '作成済み',
      exited: '終了',
      dead: '削除未完了 (dead)',
      removing: '削除中',
    },
    exitCode: (code: number): string => `終了コード ${code}`,
    timings: '各手順の所要時間',
    milliseconds: (ms: number): string => `${number(Math.round(ms))} ms`,
    failedHelp:
      'デーモンの最後のログは次のとおりです。コンテナーはまだ動いている可能性があり、復帰すると再び表示されます。',
    hangingHelp:
      '再起動と停止は、API ではなくデーモンを管理しているものを通じて行うため、応答がなくても実行できることがあります。',
    whyNot: {
      notRunning: '動作していません。',
      running: 'すでに動作しています。',
      changing: '処理が終わるまでお待ちください。',
      busy: 'デーモンに対する処理が進行中です。',
      hanging: '応答がありません。',
      denied: '接続する権限がありません。',
      absent: 'デーモンがありません。',
      noRights: 'ここでは管理者だけが行えます。',
      readOnly: 'このデーモンは表示のみです。',
    },
    install: 'Docker Engine のインストール方法',
  },

  about: {
    tagline: 'コンテナーを失わずに Docker デーモンの設定を変更します。',
    versions: 'バージョン',
    electron: 'Electron',
    chromium: 'Chromium',
    node: 'Node',
    engine: 'Docker Engine',
    unsupported: 'サポート対象外の開発用ランタイム',
    noEngine: '動作していません',
    links: '関連情報',
    link: {
      'docs.live-restore': 'Docker: ライブリストア',
      'docs.daemon': 'Docker: daemon.json とオプション',
      'docs.install': 'Docker: エンジンのインストール',
    },
    license: 'ライセンス',
    licenseText:
      'Afloat は Apache License 2.0 に基づく自由なソフトウェアです。無保証です。Docker, Inc. が作成または承認したものではありません。Docker は同社の商標です。',
  },
};
