// Japanese: everything that only the command line says.
import { formatsFor, spaced } from '../format.ts';

const { list, number, seconds } = formatsFor('ja');

const orNothing = (text: string | null, make: (text: string) => string): string => (text === null ? '' : make(text));

// Two columns of ASCII are as wide as one of Japanese.
const help = {
  general: `使い方: afloat COMMAND [OPTIONS]

コンテナーを失わずに Docker デーモンの設定を変更します。

コマンド:
  status              今の状態: デーモン、設定、ライブリストア、コンテナー
  options [KEY]       すべてのオプションの値、その出どころ、変更に必要なこと
  check [FILE|-]      この設定でデーモンが起動するかを調べる
  plan CHANGE...      変更がデーモンと各コンテナーに何をもたらすかを示す
  apply CHANGE...     変更を反映する。できなければすべて元に戻す
  reload              設定をリロードさせ、反映を確認する
  restart             デーモンを再起動し、結果を確認する
  start               デーモンを起動する
  stop                デーモンを停止する
  pipes               ログパイプの使用量と、コンテナーが止まるまでの時間
  doctor              デーモンとコンテナーの問題になりそうな点と対処
  history [ID]        ファイルの全バージョンと、デーモンに起きたこと
  rollback [ID]       ファイルを以前のバージョンに戻す
  drill               使い捨てのコンテナーで再起動を予行演習する
  upgrade             エンジンの更新で起きることと、安全な手順
  watch               状態が変わるたびに表示する
  preset [NAME]       確認済みの小さな変更: 一覧、または適用した場合の結果
  export FORM CHANGE  多数のホスト向けに同じ変更を書き出す。FORM は patch、
                      shell、ansible、cloud-init のいずれか
  diagnostics         問題の調査に役立つ、個人情報を除いた診断情報

CHANGE は KEY=VALUE、--remove KEY、--patch FILE|-、--preset NAME、または
ファイル全体を置き換える --from FILE|- です。

共通のオプション:
  --host URL          対象のデーモン (例: unix:///run/docker.sock)
  --context NAME      対象のデーモンを Docker コンテキストで指定
  --config-file PATH  設定ファイル。省略するとデーモンから探す
  --manager NAME      起動・停止を行うもの。省略すると自動で探す
  --lang LANGUAGE     表示する言語: en, ja
  --json              標準出力に JSON 文書を 1 つだけ出力する
  --timeout SECONDS   デーモンの状態がわかるまで待つ秒数 (30)
  -h, --help          ヘルプ。コマンドと一緒に使うとそのコマンドのヘルプ
  --version           このプログラムのバージョン

--host も --context もないときは、DOCKER_HOST、現在のコンテキスト、標準の
ソケットの順に探します。

終了コード:
  0  完了、または何もする必要なし    4  失敗し、元に戻せず (修復方法を表示)
  1  中止または失敗、変更なし        5  権限なし
  2  コマンドラインの誤り            6  デーモンなし
  3  失敗し、元のファイルに復元      130 Ctrl-C で終了

例:
  afloat status
  afloat plan live-restore=true
  afloat apply live-restore=true
`,

  status: `使い方: afloat status [OPTIONS]

今の状態を表示します: デーモン、設定ファイル、ライブリストアの 3 つの値、
コンテナー、Swarm、知っておくべきこと。見るだけで何も起動しません。接続を
待つソケットがあっても、停止中のデーモンは停止したままです。

デーモンの停止中も含め、状態がわかれば終了コードは 0 です。

例:
  afloat status
  afloat status --json | jq .liveRestore.effective
  afloat status --host unix:///run/user/1000/docker.sock
`,

  options: `使い方: afloat options [KEY] [OPTIONS]

dockerd のすべてのオプション、または 1 つについて、値、その出どころ、動作中の
デーモンでの値、設定や削除に必要なことを表示します。わからないことは推測せず、
不明と表示します。

例:
  afloat options
  afloat options live-restore
  afloat options --json
`,

  check: `使い方: afloat check [FILE|-] [--engine VERSION] [--flags "..."] [--fix]
        [OPTIONS]

この設定でデーモンが起動し、リロードでき、書かれたとおりに動くかを調べます。
FILE を省略するとデーモン自身のファイルを調べます。\`-\` は標準入力です。
FILE を調べるときはデーモンも必要ありません。--fix なしでは何も書き込みません。

オプション:
  --engine VERSION    デーモンの代わりに、28.5 などのこのバージョンとして調べる
  --flags "..."       デーモンの代わりに、dockerd のこの引数で調べる
  --fix               確認なしで直せるものだけを直す: FILE はその場で、デーモン
                      自身のファイルは \`afloat apply\` と同じ方法で、\`-\` は標準
                      出力へ
  --yes               確認しない。危険には --accept も必要
  --accept RISK       危険を承知する。\`afloat apply\` と同じ

起動するなら 0、拒否されるなら 1 で終了します。

例:
  afloat check
  afloat check new-daemon.json --engine 29.0 --flags "-H fd://"
  render-config | afloat check -
`,

  plan: `使い方: afloat plan CHANGE... [OPTIONS]

\`afloat apply\` が何をするかを示します: ファイルの変更、デーモンに必要な操作、
実行中の各コンテナーへの影響。何も変更しません。

変更:
  KEY=VALUE           VALUE は JSON、それ以外は文字列。KEY のドットは
                      オブジェクトの中を指す。ドットを含む名前は引用符で
                      囲む: 'a."b.c"=1'
  --remove KEY        オプションをファイルから取り除く
  --patch FILE|-      パッチファイルの変更をすべて、または何も適用しない
  --preset NAME       プリセット。ミラーは registry-mirror=URL
  --from FILE|-       ファイル全体を置き換える

\`apply\` できるなら 0、できないなら \`apply\` と同じコードで終了します。

例:
  afloat plan live-restore=true
  afloat plan log-driver=local log-opts.max-size=10m --remove mtu
  afloat plan 'registry-mirrors=["https://mirror.example.org"]' --json
  afloat plan --from new-daemon.json
`,

  preset: `使い方: afloat preset [NAME] [OPTIONS]

名前なし: このデーモンに使える確認済みの小さな変更と、使えないものの理由を表示
します。名前あり: \`afloat apply --preset NAME\` の結果を表示します。何も変更
しません。

例:
  afloat preset
  afloat preset log-rotation
  afloat preset registry-mirror=https://mirror.example.org
  afloat apply --preset address-pools
`,

  export: `使い方: afloat export patch|shell|ansible|cloud-init CHANGE... [OPTIONS]

ほかのホストのための変更を標準出力に書き出します。\`afloat apply --patch\` 用の
パッチファイル、またはシェルスクリプト、Ansible のタスクファイル、cloud-init の
設定です。スクリプト、タスク、cloud-init の設定は、該当のオプションだけを編集
し、検査し、正しい順にリロードまたは再起動し、確認し、反映されなければ元に戻し
ます。このコンピューターでは何も変更しません。

変更:
  KEY=VALUE           VALUE は JSON、それ以外は文字列。KEY のドットは
                      オブジェクトの中を指す。ドットを含む名前は引用符で
                      囲む: 'a."b.c"=1'
  --remove KEY        オプションをファイルから取り除く
  --patch FILE|-      パッチファイルの変更をすべて、または何も適用しない
  --preset NAME       プリセット。ミラーは registry-mirror=URL
  --from FILE|-       ファイル全体を置き換える

例:
  afloat export shell live-restore=true > change-daemon.sh
  afloat export ansible --preset log-rotation > change-daemon.yml
`,

  diagnostics: `使い方: afloat diagnostics [--output FILE] [--force] [OPTIONS]

問題の調査に役立つ情報を、ウィンドウと同じ 1 つのテキストで示します。
バージョン、デーモン、設定、見つかった問題、前回の操作、ウィンドウのログの末尾を
含みます。パスワード、トークン、ホスト名、ホームフォルダーは取り除きます。
どこにも送信しません。

オプション:
  --output FILE       標準出力ではなく、本人だけが読める新しいファイルに書き出す
  --force             すでにあるファイルも置き換える

例:
  afloat diagnostics
  afloat diagnostics --output afloat-diagnostics.txt
`,

  apply: `使い方: afloat apply CHANGE... [--yes] [--accept RISK]... [OPTIONS]

daemon.json の変更を反映します。検査し、控えを取り、書き込み、必要なときだけ
デーモンをリロードまたは再起動し、反映されたことをデーモン自身に確認します。
失敗したらすべて元に戻します。端末では計画を示してから確認します。

変更:
  KEY=VALUE           VALUE は JSON、それ以外は文字列。KEY のドットは
                      オブジェクトの中を指す。ドットを含む名前は引用符で
                      囲む: 'a."b.c"=1'
  --remove KEY        オプションをファイルから取り除く
  --patch FILE|-      パッチファイルの変更をすべて、または何も適用しない
  --preset NAME       プリセット。ミラーは registry-mirror=URL
  --from FILE|-       ファイル全体を置き換える

オプション:
  --yes               確認しない。危険には --accept も必要
  --accept RISK       危険を承知のうえで行う。複数指定できる:
                      stops, hides, loses, later-start-fails, start-fails,
                      locks-out-clients, ends-daemon

例:
  afloat apply live-restore=true
  afloat apply live-restore=true mtu=1400 --yes
  afloat apply --from new-daemon.json --yes --json
`,

  reload: `使い方: afloat reload [--accept RISK]... [OPTIONS]

デーモンに設定ファイルを読み込み直させます。コンテナーには影響しません。
デーモン自身の reload イベントが証拠です。イベントがなければ、理由をデーモンの
ログから示します。

オプション:
  --accept RISK       危険を承知のうえで行う

例:
  afloat reload
`,

  restart: `使い方: afloat restart [--accept RISK]... [OPTIONS]

デーモンを再起動し、各コンテナーがどうなったかを確認します。ファイルでライブ
リストアが有効なのにデーモンにまだ反映されていないときは、先にリロードして、停止
するコンテナーが出ないようにします。コンテナーが停止する場合は、承認がなければ
行いません。

オプション:
  --accept stops      コンテナーの停止を承認する

例:
  afloat restart
  afloat restart --accept stops
`,

  start: `使い方: afloat start [--accept RISK]... [--rescue [--set-back]] [OPTIONS]
        afloat start --working [--yes] [--accept RISK]... [OPTIONS]

デーモンを起動し、応答するまで待ちます。まだ動いているコンテナーが起動によって
停止する場合は、その旨を示して中止します。

オプション:
  --rescue            そのコンテナーを停止させずに起動する。起動の前にファイルで
                      ライブリストアを有効にし、その後も有効のままにする
  --set-back          --rescue とともに: 起動の後、ファイルとデーモンを元の設定
                      に戻す
  --working           デーモンが最後に動いていたバージョンにファイルを戻して起動
                      する。先に差分を表示する。それでも起動しない場合は、コンテ
                      ナーが危険にならないかぎり、ファイルを元に戻す
  --yes               --working とともに: 確認しない。危険の承認は --accept で
  --accept stops      コンテナーの停止を承認する

例:
  afloat start
  afloat start --rescue
  afloat start --working
`,

  stop: `使い方: afloat stop [--accept RISK]... [OPTIONS]

デーモンを停止します。ライブリストアが有効ならコンテナーは動き続けます。
コンテナーが停止する場合は、承認がなければ行いません。

オプション:
  --accept stops      コンテナーの停止を承認する

例:
  afloat stop
  afloat stop --accept stops
`,

  pipes: `使い方: afloat pipes [--enlarge BYTES] [OPTIONS]

デーモンの停止中、コンテナーの出力は誰も読まないパイプにたまり、パイプがいっぱい
になったコンテナーはデーモンが戻るまで止まります。たまった量と、増える速さから
見た、止まるまでの時間を表示します。データは読み取りません。root 権限が必要
です。

オプション:
  --enlarge BYTES     これより小さいパイプを先に広げる (例: 1m)。計画停止の前に
                      も使える。コンテナーが再起動するまで有効

例:
  afloat pipes
  afloat pipes --enlarge 1m && afloat stop
`,

  doctor: `使い方: afloat doctor [OPTIONS]

このデーモンとコンテナーの問題になりそうな点を調べます: ユニット、ネットワーク、
元に戻らなかったポート、プロセスや shim のないコンテナー、このバージョンの既知の
不具合。何も変更しません。問題がなければ 1 行だけ表示します。

例:
  afloat doctor
  afloat doctor --json | jq -r '.findings[].message'
`,

  upgrade: `使い方: afloat upgrade [OPTIONS]

パッケージマネージャーがこのエンジンをどのバージョンにするか、自動で更新や再起動
をするものは何か、コンテナーを動かしたままの更新を Docker がサポートするかと、何
も失わない手順をコピーできるコマンドで表示します。最後に取得された一覧を読むだけ
です。snap の場合は、snapd にストアを確認させます。更新はしません。

例:
  afloat upgrade
  afloat upgrade --json | jq -r '.steps[].command'
`,

  history: `使い方: afloat history [ID] [OPTIONS]

ここで確認された daemon.json の全バージョンと、わかる場合はその変更元、デーモン
に起きたことを表示します。ID (先頭だけでもよい) を指定すると、そのバージョンの
本文を標準出力に書き出します。

例:
  afloat history
  afloat history 3f0c8a2e | diff - /etc/docker/daemon.json
`,

  rollback: `使い方: afloat rollback [ID] [--yes] [--accept RISK]... [OPTIONS]

daemon.json を以前のバージョンに戻します。\`afloat apply --from\` と同じく、計画、
検査、控えの保存の後に反映を確認し、できなければ元に戻します。ID を省くと、現在
の内容の 1 つ前のバージョンに戻します。

オプション:
  --yes               確認しない。危険には --accept が必要
  --accept RISK       危険を承知のうえで行う

例:
  afloat rollback
  afloat rollback 3f0c8a2e --yes
`,

  drill: `使い方: afloat drill [--sandbox] [OPTIONS]

再起動の予行演習をします。数を数えて出力する小さなコンテナーを起動し、デーモンを
再起動して、そのコンテナーが動き続けたか、出力が失われなかったかを確かめます。
コンテナーは終了後に削除します。再起動でほかのコンテナーが停止する場合は、何も
再起動しません。

オプション:
  --sandbox           同じ設定を写した専用のデーモンで行う。元のデーモンには
                      触れない

コンテナーが動き続ければ 0、そうでなければ 1 で終了します。

例:
  afloat drill
  afloat drill --sandbox --json | jq .survived
`,

  watch: `使い方: afloat watch [OPTIONS]

今の状態と、その後の変化を、Ctrl-C を押すまで表示します。--json を付けると、
\`afloat status --json\` と同じ文書を 1 行に 1 つ出力します。定期的な問い合わせは
行いません。

例:
  afloat watch
  afloat watch --json | jq --unbuffered -r .engine.state
`,
};

export const cli = {
  help,
  version: (version: string): string => `afloat ${version}`,

  usage: {
    hint: (command: string | null): string =>
      `ヘルプを表示するには: afloat ${orNothing(command, (name) => `${name} `)}--help`,
    didYouMean: (word: string): string => `${word} の間違いではありませんか。`,
    commandMissing: 'コマンドが指定されていません。',
    keyUnknown: (key: string): string => `${key} というオプションはありません。`,
    commandUnknown: (word: string): string => `${word} というコマンドはありません。`,
    optionUnknown: (option: string): string => `${option} というオプションはありません。`,
    optionElsewhere: (option: string, command: string): string => `${command} に ${option} は指定できません。`,
    bytesUnfit: (value: string): string =>
      `--enlarge には 64k から 64m までのバイト数を指定します。${value} は使えません。`,
    optionAlone: (option: string, needs: string): string => `${option} には ${needs} も必要です。`,
    optionTwice: (option: string): string => `${option} が 2 回指定されています。`,
    valueMissing: (option: string): string => `${option} には値が必要です。`,
    formMissing: (command: string): string => `${command} には形式が必要です。`,
    valueExtra: (option: string): string => `${option} に値は指定できません。`,
    valueUnfit: (option: string, value: string): string => `${option} に ${value} は指定できません。`,
    takes: (values: readonly string[]): string => `指定できる値: ${values.join(', ')}。`,
    secondsUnfit: (value: string): string =>
      `--timeout には 0 より大きく 86400 以下の秒数を指定します。${value} は指定できません。`,
    versionUnfit: (value: string): string =>
      `--engine には 28.5 のようなバージョンを指定します。${value} は指定できません。`,
    flagsUnfit: '--flags の引用符が閉じていません。',
    together: (options: readonly string[]): string => `${list(options)} は同時に指定できません。`,
    unexpected: (command: string, word: string): string => `${command} に ${word} は指定できません。`,
    changeMissing: (command: string): string => `${command} には変更の指定が必要です。`,
    changeForms: 'KEY=VALUE、--remove KEY、--patch FILE、--preset NAME、または --from FILE の形で指定してください。',
    changeUnfit: {
      'no-equals': (word: string): string => `${word} には値がないため、変更として扱えません。`,
      'empty-key': (word: string): string => `${word} のキーに空の部分があります。`,
      quotes: (word: string): string => `${word} のキーの引用符を解釈できません。`,
      number: (word: string): string => `${word} には正確に保持できない数値があります。`,
    },
    changeTwice: (word: string): string => `${word} のキーはすでに指定されています。`,
    removeWithValue: (word: string): string => `--remove には値のないキーを指定します。${word} は指定できません。`,
    fromWithEdits: '--from、--patch、--preset はそれだけで 1 つの変更です。ほかの変更と同時に指定できません。',
    inputUnreadable: (path: string, cause: string): string => `${path} を読み込めません: ${cause}。`,
    inputNotText: (path: string): string => `${path} は UTF-8 のテキストではありません。`,
    inputEmpty: '標準入力が空です。出力元のコマンドが失敗した可能性があります。空の設定は {} と書きます。',
    standardInput: '標準入力',
  },

  /** In front of a sentence on standard error. */
  prefix: { problem: 'afloat: ', error: 'エラー', warning: '警告', info: '参考' },

  labels: {
    engine: 'エンジン',
    endpoint: 'エンドポイント',
    manager: '管理',
    config: '設定ファイル',
    liveRestore: 'ライブリストア',
    containers: 'コンテナー',
    swarm: 'Swarm',
    rights: '権限',
    operation: '処理中',
    effect: '必要な操作',
    gap: 'API 停止',
    proof: '証拠',
    audit: '比較',
    backup: '控え',
    took: '所要時間',
    log: 'デーモンのログ',
  },

  status: {
    versions: (version: string, apiVersion: string): string => `${version} (API ${apiVersion})`,
    rootless: 'rootless',
    context: (name: string): string => `Docker コンテキスト ${name}`,
    others: (endpoints: readonly string[]): string =>
      spaced`${list(endpoints)} にもデーモンがあるかもしれません。--host で選べます。`,
    pid: (pid: number): string => `プロセス ${pid}`,
    config: {
      unknown: '不明',
      absent: (path: string): string => `${path} (まだありません)`,
      read: (path: string): string => path,
      unreadable: (path: string): string => `${path} (読み込めません)`,
    },
    truths: (daemon: string, file: string, flag: string): string => `${daemon} · ファイル: ${file} · フラグ: ${flag}`,
    summary: (state: string, version: string | null, liveRestore: string, counts: string | null): string =>
      [state, version, `ライブリストア: ${liveRestore}`, counts].filter((part) => part !== null).join(' · '),
  },

  presetLine: (name: string, title: string, said: string): string => `${name}  ${title}: ${said}`,

  plan: {
    nothing: '変更はありません。ファイルはすでにその内容です。',
    nextStart: '今は不要 (デーモンは停止中で、次の起動時に読み込みます)',
    because: (effect: string, keys: readonly string[]): string => `${effect} (理由: ${list(keys)})`,
    gap: (ms: number, range: readonly [number, number] | null): string =>
      `約 ${seconds(ms)} 秒${range === null ? '' : ` (${seconds(range[0])}～${seconds(range[1])} 秒)`}`,
    notSet: '未設定',
    change: (key: string, from: string, to: string): string => `${key}: ${from} → ${to}`,
    waiting: (change: string): string => `${change} (すでに起動待ちで、再起動すると有効になります)`,
    removed: '削除',
    needs: (accepts: readonly string[]): string =>
      `必要な指定: ${accepts.map((accept) => `--accept ${accept}`).join(' ')}`,
    blocked: 'これは適用できません:',
    reasons: (reasons: readonly string[]): string => reasons.join(''),
  },

  apply: {
    ask: (dangers: readonly string[]): string =>
      dangers.length === 0 ? '適用しますか? [y/N] ' : `${list(dangers)}。それでも適用しますか? [y/N] `,
    /** What a `yes` takes knowingly; begins the question. */
    dangers: {
      stops: 'コンテナーが停止します',
      hides: 'コンテナーが見えなくなります',
      loses: 'コンテナーが失われます',
      'later-start-fails': 'コンテナーが次に起動しないことがあります',
      'start-fails': 'デーモンが起動しないことがあります',
      'locks-out-clients': 'クライアントが接続できなくなることがあります',
      'ends-daemon': 'デーモンが自ら終了することがあります',
    },
    yesses: ['y', 'yes', 'はい'] as readonly string[],
    declined: '何も変更していません。',
    add: (accepts: readonly string[]): string =>
      `それでも行うには、次を加えてください: ${accepts.map((accept) => `--accept ${accept}`).join(' ')}`,
  },

  outcome: {
    refused: '中止しました。',
    repair: {
      backup: (backup: string, path: string): string =>
        `元のファイルに戻すには: cp ${backup} ${path} のあとに afloat reload (停止中なら afloat start)`,
      look: '今の状態を確認するには: afloat status',
    },
    seen: (key: string, value: string): string => `${key} は ${value}`,
    event: 'reload イベント',
    samePid: (pid: number): string => `デーモンは以前と同じプロセス ${pid}`,
    newPid: (before: number | null, after: number): string =>
      before === null ? `デーモンはプロセス ${after}` : `デーモンのプロセスは ${before} から ${after} に変更`,
    stopped: (names: readonly string[]): string => `停止: ${list(names)}`,
    lost: (names: readonly string[]): string => `管理外: ${list(names)}`,
    noGap: 'なし',
    milliseconds: (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${seconds(ms)} 秒`),
    timing: (step: string, time: string): string => `${step} ${time}`,
  },

  check: {
    fixed: '修正',
    nothingToFix: '確認なしで直せるものはありませんでした。',
    place: (path: string, line: number | null, column: number | null): string =>
      line === null ? `${path}: ` : `${path}:${line}:${column ?? 1}: `,
    starts: 'デーモンはこの設定で起動します。',
    refuses: 'デーモンはこの設定を拒否します。',
    counts: (errors: number, warnings: number): string =>
      [
        ...(errors > 0 ? [`エラー ${number(errors)} 件`] : []),
        ...(warnings > 0 ? [`警告 ${number(warnings)} 件`] : []),
      ].join('、'),
  },

  options: {
    sources: {
      default: 'デフォルト',
      file: 'ファイル',
      flag: 'フラグ',
      'drop-in': 'ドロップインのフラグ',
      environment: '環境ファイルのフラグ',
      running: '動作中のデーモン',
    },
    waits: '別の値が反映待ち',
    labels: {
      value: '値',
      source: '出どころ',
      default: 'デフォルト',
      file: 'ファイル',
      flag: 'フラグ',
      running: 'デーモン',
      pending: '反映待ち',
      set: '設定したとき',
      remove: '削除したとき',
      risk: '危険性',
      locked: 'ロック',
    },
    notSet: '未設定',
    notKnown: '不明',
    notTold: 'デーモンからはわかりません',
    byFlag: (name: string, value: string, place: string): string =>
      `${name} ${value}${place === '' ? '' : ` (${place})`}`,
  },

  waiting: 'デーモンを待っています…',
  recovered: (outcome: string): string => `途中で中断された変更が見つかりました。${outcome}`,
  interrupt: {
    wait: 'お待ちください。完了するか元に戻るかして、自動的に終わります。もう一度 Ctrl-C を押すとすぐに終了します。',
    left: '途中で終了しました。次に Afloat を起動すると、完了させるか元のファイルに戻します。',
  },
  unwritten: (cause: string): string => `標準出力に書き込めませんでした: ${cause}`,
  bug: (reference: string): string => `Afloat 自身の不具合です (参照番号 ${reference}):`,
};
