// Japanese: every expected failure: what happened, what state things are in, what to do.
import { isMark, unmarkByHand, type FileMark } from '../../by-hand.ts';
import type { Problem, ProblemKind, ReadOnlyReason, TextFault, WriteBlock } from '../../problem.ts';
import { formatsFor, spaced } from '../format.ts';
import { authorization } from './authorization.ts';
import { finding } from './finding.ts';
import { policy } from './policy.ts';
import { preset } from './preset.ts';

const { list, number, seconds } = formatsFor('ja');

/** What is said of a problem, three short texts. */
export type ProblemSaid = { readonly title: string; readonly state: string; readonly remedy: string };

/** What broke a request off, by its code; other causes are the daemon's own words. */
const unreachable: Readonly<Partial<Record<string, string>>> = {
  broken: '応答の途中で接続が切れました。',
  tls: '双方の証明書が合いません。',
  'too-large': '応答が Docker デーモンのものとしては長すぎます。',
};

const unchanged = '何も変更していません。';
const runsOn = 'デーモンは元の設定のまま動作しています。';

const waitForIt =
  'しばらくお待ちください。負荷の高いコンピューターでは時間がかかることがあります。続くようなら、ログを確認してください。';

const say = (title: string, state: string, remedy: string): ProblemSaid => ({ title, state, remedy });

/** The last lines of a log, where there are any, behind a sentence. */
const inItsWords = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `Docker のログ: ${lines.join(' · ')}`;

const orCommand = (sentence: string, command: string | null): string =>
  command === null ? sentence : `${sentence}または、次を実行してください: ${command}`;

/** The reasons for which a daemon is only looked at; `detail` is data such as a path. */
const readOnlyReasons: Readonly<Record<ReadOnlyReason, string>> = {
  remote: 'このデーモンは別のコンピューターにあります。',
  'other-namespace':
    'このデーモンはコンテナーまたは仮想マシンの中で動作しているため、ファイルとプロセスをここから扱えません。',
  'socket-not-proven': 'このソケットがこのコンピューターの Docker デーモンのものだと確認できません。',
  'not-permitted': '権限が足りず、どのプロセスとファイルがこのデーモンのものか確認できません。',
  'info-differs': 'デーモンの自己申告が、プロセスやファイルと一致しません。',
  'config-unknown': 'このデーモンの設定ファイルが見つかりませんでした。',
  'config-other': '指定されたファイルは、このデーモンが読み込むファイルではありません。',
  ambiguous: 'このデーモンと考えられるプロセスが複数あります。',
  'managed-elsewhere': 'このデーモンは専用のプログラムが管理しています。',
  ...authorization.reasons,
  platform: 'この OS では、Afloat はまだデーモンを変更できません。',
};

const readOnlyRemedies: Readonly<Record<ReadOnlyReason, string>> = {
  remote: 'そのコンピューターで Afloat を実行してください。',
  'other-namespace': 'デーモンが動作している場所で Afloat を実行してください。',
  'socket-not-proven': '別のデーモンを選ぶか、このデーモンをサービスとして起動してください。',
  'not-permitted': 'デーモンのユーザーの権限で、Afloat または afloat コマンドを実行してください。',
  'info-differs': 'daemon.json でデータルートを変更した場合は、元に戻すか、手動でデーモンを再起動してください。',
  'config-unknown': '--config-file でファイルを指定してください。',
  'config-other': 'デーモンが読み込むファイルを --config-file で指定するか、指定を外してください。',
  ambiguous: '不要なデーモンを停止するか、--host で選んでください。',
  'managed-elsewhere': 'Docker Desktop など、そのプログラムの設定で変更してください。',
  ...authorization.remedies,
  platform: 'Afloat では状態を確認し、変更はデーモン自身のツールで行ってください。',
};

/** Why a file cannot be replaced. */
export const writeBlocks: Readonly<Record<WriteBlock, string>> = {
  denied: '書き込む権限がありません。',
  'read-only-file-system': '読み取り専用でマウントされたファイルシステムにあります。',
  immutable: '変更不可 (immutable) の属性が付いています。',
  'append-only': '追記専用 (append-only) の属性が付いています。',
  'bind-mounted': 'このファイル自体がマウントされているため、置き換えられません。',
  'hard-linked': '別名 (ハードリンク) があり、そちらに古い内容が残ってしまいます。',
  'store-managed': '設定管理ツールのストアにあり、手で書き換えるものではありません。',
  'not-a-file': '通常のファイルではありません。',
  'dangling-link': '存在しないファイルへのリンクです。',
  'attributes-unreadable': '所有者、モード、属性を新しいファイルに引き継げません。',
};

const writeRemedies: Readonly<Record<Exclude<WriteBlock, FileMark>, string>> = {
  denied: 'root、またはデーモンを実行するユーザーの権限で行ってください。',
  'read-only-file-system': 'ファイルシステムを書き込み可能でマウントするか、元のファイルを変更してください。',
  'bind-mounted': 'マウント元のファイルを変更してください。',
  'hard-linked': '別名を削除するか、独立したファイルにしてください。',
  'store-managed': '管理しているツールで変更してください。',
  'not-a-file': '通常のファイルに置き換えてください。',
  'dangling-link': 'リンク先のファイルを作るか、リンクを削除してください。',
  'attributes-unreadable': 'root の権限で行ってください。',
};

const writeRemedy = (block: WriteBlock, path: string): string =>
  isMark(block) ? `次のコマンドで属性を外してください: ${unmarkByHand(block, path)}` : writeRemedies[block];

/** Why a text is not a configuration that dockerd reads; `detail` is what stands at the place. */
const textFaults: Readonly<Record<TextFault, (detail: string) => string>> = {
  syntax: (detail) =>
    detail === '' ? '正しい JSON ではありません。' : `「${detail}」はここでは正しい JSON ではありません。`,
  comment: () => 'ここにコメントがあります。Docker が読む JSON にコメントは書けません。',
  'trailing-comma': () => '末尾に余分なコンマがあります。',
  truncated: () => '途中で終わっています。括弧または引用符が閉じていません。',
  'trailing-text': () => '設定の終わりのあとに文字列が続いています。',
  empty: () => 'ファイルが空です。このバージョンの Docker は空のファイルを受け付けません。',
  'not-an-object': () => '設定は、波括弧で囲んだ 1 つの JSON オブジェクトでなければなりません。',
  'byte-order-mark': () =>
    'ファイルがバイト順マーク (BOM) で始まっています。このバージョンの Docker は受け付けません。',
  encoding: () => 'UTF-8 ではないバイトが含まれています。',
  'duplicate-key': (detail) => `「${detail}」が 2 回書かれています。どちらが正しいか判断できません。`,
  'too-deep': () => '括弧の入れ子が深すぎます。',
};

const unreadable = {
  denied: ['読み取る権限がありません。', 'root、またはデーモンを実行するユーザーの権限で行ってください。'],
  'not-a-file': ['通常のファイルではありません。', '通常のファイルに置き換えてください。'],
  'too-large': ['設定ファイルとしては大きすぎます。', '何が書き込まれたかを確認し、正しいファイルに戻してください。'],
  io: ['読み込みに失敗しました。', 'ディスクとファイルを確認してから、もう一度確認してください。'],
  'missing-target': ['存在しないファイルへのリンクです。', 'リンク先のファイルを作るか、リンクを削除してください。'],
  missing: [
    'ファイルがありません。フラグ --config-file で指定されているため、なければデーモンは起動しません。',
    'ファイルを元に戻すか、変更を適用して新しく作成してください。',
  ],
} as const satisfies Record<Extract<Problem, { kind: 'config.unreadable' }>['cause'], readonly [string, string]>;

const thisConfiguration = (path: string): string =>
  path === '' ? 'この設定' : `この ${path.split('/').at(-1) ?? path}`;

/** One function for every kind: a new kind does not compile without its sentences. */
const sentences: { readonly [K in ProblemKind]: (problem: Extract<Problem, { kind: K }>) => ProblemSaid } = {
  'engine.absent': ({ endpoint }) =>
    say(
      'Docker デーモンが見つかりませんでした。',
      `${endpoint} で待ち受けているものはなく、そこでデーモンを起動する設定もありません。`,
      'Docker Engine をインストールするか、別のデーモンを選ぶか、サンドボックスデーモンを起動してください。',
    ),
  'engine.denied': ({ endpoint }) =>
    say(
      'Docker デーモンに接続する権限がありません。',
      `デーモンは ${endpoint} で待ち受けていますが、このユーザーには使う権限がありません。`,
      'ソケットを所有するグループ (通常は docker) に参加し、ログインし直してください。',
    ),
  'engine.hanging': ({ endpoint, waitedMs }) =>
    say(
      'Docker デーモンが応答しません。',
      spaced`${endpoint === '' ? 'ソケット' : endpoint} は接続を受け付けますが、${seconds(waitedMs)} 秒間応答がありませんでした。何も送信していません。`,
      '起動中かもしれないので、少し待ってください。変わらなければ、ログを確認するか再起動してください。',
    ),
  'engine.unreachable': ({ endpoint, cause }) =>
    say(
      'Docker デーモンに接続できません。',
      `${endpoint}: ${unreachable[cause] ?? cause}`,
      'アドレスと、デーモンが動作しているかを確認してから、もう一度確認してください。',
    ),
  'engine.not-running': () => say('Docker デーモンは動作していません。', unchanged, '先にデーモンを起動してください。'),
  'engine.already-running': () =>
    say('Docker デーモンはすでに動作しています。', unchanged, '起動する必要はありません。'),
  'engine.busy': ({ verb }) =>
    say(
      'Docker デーモンは処理中です。',
      `${busyWith(verb)}です。${unchanged}`,
      '終わるまで待ってから、もう一度お試しください。',
    ),
  'engine.unsupported': ({ apiVersion, minimum }) =>
    say(
      'この Docker デーモンは古すぎます。',
      `API のバージョンは ${apiVersion} ですが、Afloat には ${minimum} 以降が必要です。`,
      'Docker Engine を 20.10 以降に更新してください。',
    ),
  'endpoint.invalid': ({ endpoint }) =>
    say(
      `「${endpoint}」は Docker デーモンのアドレスではありません。`,
      'どのデーモンも表示していません。',
      'unix:///run/docker.sock のようなアドレスを指定してください。',
    ),
  'context.unknown': ({ name, path }) =>
    say(
      `Docker コンテキスト「${name}」はありません。`,
      `${path} を調べました。`,
      '別のコンテキストを選んでください。docker context ls で一覧を表示できます。',
    ),
  'target.read-only': ({ reason, detail }) =>
    say(
      'このデーモンは表示のみで、変更できません。',
      `${readOnlyReasons[reason]}${detail === '' ? '' : ` (${detail})`}`,
      readOnlyRemedies[reason],
    ),
  'target.changed': () =>
    say('デーモンが、表示していたものと変わりました。', unchanged, '今の表示を確認してから、もう一度お試しください。'),
  'target.held': () =>
    say(
      '今は別のデーモンを選べません。',
      '編集中の変更があるか、変更の処理中です。どちらもこのデーモンに対するものです。',
      '先に編集中の変更を適用するか、破棄してください。',
    ),
  'config.unreadable': ({ path, cause }) =>
    say(`${path} を読み込めません。`, `${unreadable[cause][0]}ファイルには触れていません。`, unreadable[cause][1]),
  'config.invalid': ({ path, fault, place, detail }) =>
    say(
      spaced`${path === '' ? 'テキスト' : path} の ${place.line} 行 ${place.column} 列に誤りがあります。`,
      `${textFaults[fault](detail)}${fault === 'duplicate-key' ? 'Docker は最後のものを使います。' : `Docker はこの${path === '' ? 'テキスト' : 'ファイル'}を読み込めません。`}`,
      fault === 'duplicate-key'
        ? '不要なほうを削除してください。'
        : 'JSON 画面でその箇所を直すか、以前の内容に戻してください。',
    ),
  'config.changed': ({ path }) =>
    say(
      `その間に ${path} が別の操作で変更されました。`,
      '何も書き込んでいません。その変更も、編集中の変更も残っています。',
      '新しい内容を確認してから、もう一度適用してください。',
    ),
  'config.overwritten': ({ path }) =>
    say(
      `変更の途中で ${path} が別の操作で変更されました。`,
      'ファイルは今のままにしました。デーモンがどちらの内容を読み込んだかはわかりません。',
      'ファイルを確認し、正しければデーモンをリロードしてください。',
    ),
  'config.not-writable': ({ path, block }) =>
    say(`${path} を置き換えられません。`, `${writeBlocks[block]}${unchanged}`, writeRemedy(block, path)),
  'config.no-space': ({ path }) =>
    say(
      `${path} を書き込む空き容量がありません。`,
      'ファイルは元のままです。',
      'ファイルシステムに空きを作ってから、もう一度お試しください。',
    ),
  'config.write-failed': ({ path, cause }) =>
    say(
      `${path} を書き込めませんでした。`,
      `ファイルは元のままです。システムのメッセージ: ${cause}`,
      '原因を取り除いてから、もう一度お試しください。',
    ),
  'config.faulty': ({ path, findings }) =>
    say(
      spaced`${thisConfiguration(path)} では Docker デーモンが起動しません。`,
      [...findings.map(({ about }) => finding(about).sentence), unchanged].join(''),
      findings.map(({ about }) => finding(about).remedy).find((remedy) => remedy !== '') ??
        '直してから、もう一度お試しください。',
    ),
  'config.rejected': ({ path, lines }) =>
    say(
      spaced`${thisConfiguration(path)} は Docker に拒否されます。`,
      `${unchanged}${inItsWords(lines)}`,
      'Docker が指摘した箇所を直してから、もう一度お試しください。',
    ),
  'change.empty-path': () =>
    say('変更するオプションが指定されていません。', unchanged, '変更するキーを指定してください。'),
  'change.conflicts-with-flag': ({ key, flag, where }) =>
    say(
      `${key} はすでに ${flag} で設定されています。`,
      `フラグの指定元: ${where === '' ? 'デーモンのコマンドライン' : where}。両方にあると Docker は起動しません。${unchanged}`,
      `ファイルで設定するには、指定元の ${flag} を削除してください。または指定元で値を変更してください。`,
    ),
  'patch-file.invalid': ({ path, fault, where }) =>
    say(
      `${path} はパッチファイルではありません。`,
      `${preset.fault(fault, where)}一部も適用しません。${unchanged}`,
      'ファイルを修正するか、もう一度書き出してください。',
    ),
  'preset.not-here': ({ name, lack }) =>
    say(
      lack === 'needs-value'
        ? `プリセット「${preset.title(name)}」には値が必要です。`
        : `プリセット「${preset.title(name)}」はこのデーモンには使えません。`,
      `${preset.lack(lack)}${unchanged}`,
      lack === 'needs-value' ? `${name}=値 の形で書いてください。` : 'ほかのプリセットを選んでください。',
    ),
  'policy.locked': ({ policy: file, key, reason }) =>
    say(
      `${key} はこのコンピューターでロックされています。`,
      `管理者のポリシー ${file} により変更できません。${reason === null ? '' : `理由: ${reason.replace(/[。.]$/, '')}。`}${unchanged}`,
      `${key} をそのままにするか、管理者に相談してください。`,
    ),
  'policy.faulty': ({ policy: file, fault }) =>
    say(
      `管理者のポリシー ${file} を解釈できません。`,
      `${policy.fault(fault)}何がロックされているかわからないため、修正されるまで何も変更しません。${unchanged}`,
      '管理者に修正または削除を依頼してください。',
    ),
  'live-restore.swarm': () =>
    say(
      'Swarm ノードではライブリストアが機能しません。',
      'リロードでは受け付けられますが、その後デーモンが起動しなくなります。何も変更していません。',
      'ここでライブリストアを無効にするか、先にこのノードを Swarm から離脱させてください。',
    ),
  'live-restore.windows': () =>
    say('ライブリストアは Windows コンテナーに対応していません。', unchanged, 'Linux コンテナーで使用してください。'),
  'live-restore.flag': ({ where }) =>
    say(
      'ライブリストアはフラグ --live-restore で設定されています。',
      `フラグの指定元: ${where === '' ? 'デーモンのコマンドライン' : where}。ファイルにもキーがあると Docker は起動しません。${unchanged}`,
      'ファイルで設定するには指定元のフラグを削除してください。または指定元で値を変更し、デーモンを再起動してください。',
    ),
  'containers.endangered': ({ verdicts, names }) =>
    say(
      `実行中のコンテナー ${number(names.length)} 個は動き続けられません。`,
      `${names.length === 0 ? 'コンテナー' : list(names)}: ${list([...new Set(verdicts.map((verdict) => fates[verdict]))])}。${unchanged}`,
      '先にライブリストアを有効にするか、承知のうえで実行してください。',
    ),
  'risk.not-accepted': ({ risks, keys }) =>
    say(
      `この変更には危険があります: ${list(keys)}。`,
      `承認されていません (${list(risks)})。${unchanged}`,
      'それぞれの変更が何を引き起こすかを確認し、必要なら承認してください。',
    ),
  'lock.held': ({ pid }) =>
    say(
      '別の Afloat がこのデーモンを変更しています。',
      `プロセス ${pid} がまだ終わっていません。${unchanged}`,
      '終わるまで待ってから、もう一度お試しください。',
    ),
  'journal.pending': ({ path }) =>
    say(
      `前回の ${path} の変更が途中で中断されました。`,
      'まだ完了していないため、新しい処理は始めていません。',
      '完了できる権限で Afloat を起動してください。最初に完了させます。',
    ),
  'journal.stale': ({ path }) =>
    say(
      `前回の ${path} の変更が途中で中断され、その後ファイルが変更されました。`,
      'ファイルは今のままにしました。',
      'ファイルを確認し、正しければデーモンをリロードしてください。',
    ),
  'reload.not-taken': ({ lines, partly }) =>
    say(
      'デーモンが新しい設定を受け付けませんでした。',
      `${partly ? 'デーモンは動作していますが、一部だけ反映された可能性があります。' : runsOn}${inItsWords(lines)}`,
      'デーモンのログが指摘した箇所を直してから、もう一度お試しください。',
    ),
  'reload.killed-daemon': ({ lines }) =>
    say(
      'デーモンが設定の読み込み中に終了しました。',
      `実行中のコンテナーはそのまま残っています。${inItsWords(lines)}`,
      'デーモンを起動する前に、ライブリストアを有効にしたうえで元の設定に戻してください。',
    ),
  'daemon.not-up': ({ lines, waitedMs }) =>
    say(
      'デーモンが起動しませんでした。',
      `${seconds(waitedMs)} 秒間待ちました。${inItsWords(lines)}`,
      'ログが指摘した箇所を直してから、デーモンを起動してください。',
    ),
  'daemon.silent': ({ lines, waitedMs }) =>
    say(
      'デーモンは起動しましたが、応答がありません。',
      `プロセスは現在の daemon.json で動作しています。${seconds(waitedMs)} 秒間待ちました。${inItsWords(lines)}`,
      waitForIt,
    ),
  'put-back.silent': ({ lines, waitedMs }) =>
    say(
      '変更は失敗し、もう一度起動したデーモンから応答がありません。',
      `daemon.json は元の内容に戻りました。デーモンのプロセスは動作していて、${seconds(waitedMs)} 秒間待ちました。${lines.length === 0 ? '' : `変更が失敗した理由: ${lines.join(' · ')}`}`,
      waitForIt,
    ),
  'orphan.changed': ({ pid }) =>
    say(
      `プロセス ${pid} は、もうそのコンテナーのものではありません。`,
      'どのプロセスにもシグナルを送っていません。',
      '一覧をもう一度確認してください。すでに自分で終了したのかもしれません。',
    ),
  'orphan.still-runs': ({ pid }) =>
    say(
      `プロセス ${pid} は終了を指示されましたが、終了しませんでした。`,
      'デーモンのないまま動作しています。',
      'ディスクを待っているか凍結されている可能性があります。/proc で状態を確認してください。',
    ),
  'drill.unavailable': ({ what }) =>
    say(
      `この種類のプロセッサー (${what}) では予行演習ができません。`,
      '何も起動も再起動もしていません。',
      '各コンテナーがどうなるかは、予行演習なしでも再起動の計画で確認できます。',
    ),
  'drill.would-stop': ({ names }) =>
    say(
      `再起動すると ${list(names)} が動き続けられないため、予行演習をしません。`,
      '再起動していません。',
      '先にライブリストアを有効にするか、これらのコンテナーが動作していないときに行ってください。',
    ),
  'drill.failed': ({ detail }) =>
    say(
      `予行演習のコンテナーをデーモンで動かせませんでした: ${detail}。`,
      'コンテナーは、作成されていた場合は削除しました。',
      '指摘された点を直してから、もう一度行ってください。',
    ),
  'daemon.still-up': () =>
    say(
      'デーモンが停止しませんでした。',
      '終了の指示は届いていますが、まだ動作しています。いつ終了してもおかしくありません。',
      'ログを確認してください。終了しないコンテナーが停止を妨げているかもしれません。終了したら、起動してください。',
    ),
  'daemon.comes-back': ({ pid }) =>
    say(
      'デーモンがすぐに起動し直されました。',
      `停止しましたが、プロセス ${pid} が動作しています。ほかのものが起動しています。`,
      'ソケットユニットや監視プログラムなど、起動しているものを通じて停止してください。',
    ),
  'containers.worse': ({ names }) =>
    say(
      `${number(names.length)} 個のコンテナーに予測を超える影響がありました。`,
      `動き続けなかったコンテナー: ${list(names)}。再び停止させないよう、それ以上は何もしていません。`,
      'docker start で起動し直し、ログを確認してください。',
    ),
  'containers.not-started': ({ names, lines }) =>
    say(
      `${number(names.length)} 個のコンテナーを起動し直せませんでした。`,
      `起動しなかったコンテナー: ${list(names)}。ほかはすべて起動しました。${inItsWords(lines)}`,
      '原因を取り除き、docker start で起動してください。',
    ),
  'containers.not-fallen': ({ ids }) =>
    say(
      '何も起動していません。',
      `${list(ids.map((id) => id.slice(0, 12)))} がデーモンとともに終了したことを、root の権限で確認できませんでした。`,
      '管理者として表示し直すか、docker start で起動してください。',
    ),
  'history.unknown': ({ id }) =>
    say(`ファイルのバージョン ${id} はありません。`, unchanged, 'バージョンの一覧: afloat history'),
  'history.none-earlier': () =>
    say('これより前のバージョンは記録されていません。', unchanged, '記録の一覧: afloat history'),
  'rescue.would-lose': ({ path, keys, names }) =>
    say(
      `この起動では ${list(names)} が失われます。`,
      `${list(keys)} が、デーモンの動作中の値と異なります。このまま起動すると、デーモンは自分のコンテナーを見つけられません。${unchanged}`,
      `${path} の ${list(keys)} を元に戻してから、もう一度お試しください。`,
    ),
  'way-back.unknown': () =>
    say(
      '正常に動いていたバージョンの記録がありません。',
      'デーモンが最後に動いていたとき、Afloat が動作していなかったか、ファイルがありませんでした。',
      '現在のファイルの問題を直すか、もともとファイルがなかったのなら移動してください。問題の一覧: afloat check',
    ),
  'way-back.in-file': ({ path }) =>
    say(
      `デーモンは、現在の ${path} のまま最後に起動しました。`,
      'ほかのバージョンに戻しても解決しません。',
      'デーモンのログの最後の行を確認してください。',
    ),
  'rescue.needless': () =>
    say(
      '停止を防ぐ必要はありません。',
      '次の起動で停止するコンテナーはありません。',
      '通常どおりデーモンを起動してください。',
    ),
  'service.refused': ({ manager, detail, command }) =>
    say(
      `${manager} が実行しませんでした。`,
      detail === '' ? unchanged : `メッセージ: ${detail}`,
      orCommand('原因を取り除いてから、もう一度お試しください。', command),
    ),
  'service.never-ends': ({ unit }) =>
    say(
      `${unit} は KillMode=none です。systemd はデーモンを終了させず、新しいデーモンは並んで起動できません。`,
      unchanged,
      `KillMode=process にしてから、もう一度お試しください: systemctl edit ${unit}`,
    ),
  'service.supervised': ({ by, command }) =>
    say(
      `このデーモンは ${by} が監視しています。`,
      `${by} が自動で起動し直します。${unchanged}`,
      orCommand(`${by} を通じて行ってください。`, command),
    ),
  'service.run-by-script': ({ unit }) =>
    say(
      `このデーモンは ${unit} のスクリプトが実行しています。`,
      `デーモンが終了するとスクリプトも終了することがあり、その場合 systemd は ${unit} のほかのプロセスを、コンテナーも含めて終了させます。${unchanged}`,
      `スクリプトの最後を exec dockerd にし、KillMode=process にしてください: systemctl edit ${unit}`,
    ),
  'service.unavailable': ({ manager, command }) =>
    say(
      `ここでは ${manager} を使えません。`,
      unchanged,
      orCommand('手動で行ってから、もう一度確認してください。', command),
    ),
  ...authorization.problems,
  'sandbox.missing': ({ what }) =>
    say(
      'ここではサンドボックスデーモンを起動できません。',
      `不足しているもの: ${list(what)}。`,
      '不足しているものをインストールしてから、もう一度お試しください。',
    ),
  'sandbox.failed': ({ lines }) =>
    say(
      'サンドボックスデーモンが起動しませんでした。',
      `お使いのデーモンには触れていません。${inItsWords(lines)}`,
      'これらの行を確認してから、もう一度お試しください。',
    ),
  'diagnostics.not-saved': ({ path, cause }) =>
    say(
      '診断情報を保存できませんでした。',
      `${path} に書き込めませんでした。システムのメッセージ: ${cause}`,
      '別の場所を選ぶか、代わりにコピーしてください。',
    ),
  'diagnostics.exists': ({ path }) =>
    say(
      `ファイル ${path} はすでにあります。`,
      'そのファイルは変更せず、診断情報も保存していません。',
      '別のファイル名を指定するか、--force で置き換えてください。',
    ),
  usage: ({ detail }) => say(`解釈できません: ${detail}`, unchanged, 'afloat --help をご覧ください。'),
  internal: ({ reference }) =>
    say(
      'Afloat の内部で問題が起きました。',
      `詳細はログの参照番号 ${reference} にあります。`,
      'もう一度確認して今の状態を調べ、参照番号を添えて報告してください。',
    ),
};

const fates = { stops: '停止', hidden: '非表示', lost: '管理外' } as const;

const busyStates: Readonly<Record<string, string>> = {
  connecting: '検索中',
  reloading: '設定のリロード中',
  starting: '起動中',
  restarting: '再起動中',
  stopping: '停止処理中',
  apply: '変更の適用中',
  reload: '設定のリロード中',
  restart: '再起動中',
  start: '起動中',
  stop: '停止処理中',
  recover: '修復中',
};

const busyWith = (verb: string): string => busyStates[verb] ?? `「${verb}」の処理中`;

/** What happened, what state things are in, what to do. */
export const problem = (what: Problem): ProblemSaid =>
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  (sentences[what.kind] as (what: Problem) => ProblemSaid)(what);
