// Japanese: every finding about a configuration or a daemon, and what to do about it.
import type { Json } from '../../json.ts';
import type { FindingKind } from '../../plan.ts';
import type { TextFault } from '../../problem.ts';
import { formatsFor, spaced } from '../format.ts';
import { policy } from './policy.ts';
import { checkFinding } from './check.ts';
import { doctor } from './doctor.ts';

const { list, number } = formatsFor('ja');

/** `remedy` is empty where nothing needs to be done. */
export type FindingSaid = { readonly sentence: string; readonly remedy: string };

const say = (sentence: string, remedy: string): FindingSaid => ({ sentence, remedy });

const types: Readonly<Record<string, string>> = {
  boolean: 'true または false',
  integer: '整数',
  number: '数値',
  string: '引用符で囲んだ文字列',
  array: 'リスト',
  object: 'オブジェクト',
  null: 'null',
};

const typeName = (type: string): string => types[type] ?? type;

const inWords = (value: Json): string =>
  value === true ? '有効' : value === false ? '無効' : value === null ? '未設定' : JSON.stringify(value);

const names: Readonly<Record<string, string>> = { 'live-restore': 'ライブリストア', debug: 'デバッグログ' };

const faults: Readonly<Record<TextFault, string>> = {
  syntax: '正しい JSON ではありません',
  comment: 'コメントが含まれています',
  'trailing-comma': '閉じ括弧の前にコンマがあります',
  truncated: '途中で終わっています',
  'trailing-text': '終わりのあとに文字列が続いています',
  empty: '空です',
  'not-an-object': 'JSON オブジェクトではありません',
  'byte-order-mark': 'バイト順マーク (BOM) で始まっています',
  encoding: 'UTF-8 ではありません',
  'duplicate-key': '同じキーが 2 つあります',
  'too-deep': '入れ子が深すぎます',
};

const notChecked = {
  'no-permission': 'Docker 自身による検査は省きました。このユーザーにない権限が必要です。',
  'no-binary': 'Docker 自身による検査は省きました。dockerd プログラムが見つかりません。',
  'not-offered-by-version': 'Docker 自身による検査は省きました。このバージョンには検査機能がありません。',
  timeout: 'Docker 自身による検査は省きました。時間内に終わりませんでした。',
  path: 'Docker 自身による検査は省きました。必要なプログラムが見つかりません。',
} as const satisfies Record<Extract<FindingKind, { kind: 'not-checked' }>['why'], string>;

/** One function for every kind: a new kind does not compile without its sentences. */
const sentences: { readonly [K in FindingKind['kind']]: (about: Extract<FindingKind, { kind: K }>) => FindingSaid } = {
  'unknown-key': ({ key, suggestion }) =>
    say(
      `Docker に「${key}」というオプションはありません。`,
      suggestion === null ? '削除するか、名前を直してください。' : `「${suggestion}」の間違いではありませんか。`,
    ),
  'singular-key': ({ key, suggestion }) =>
    say(
      `ファイル内の「${key}」はフラグの名前なので、Docker は警告なしに無視します。`,
      `代わりに「${suggestion}」と書いてください。`,
    ),
  'ignored-key': ({ key }) => say(`Docker は「${key}」を受け付けますが、何もしません。`, '削除してください。'),
  'wrapped-key': ({ key, inside }) =>
    say(
      inside.length === 0
        ? `「${key}」はオプションではありません。Docker はこれがないものとして中を読みます。`
        : `「${key}」はオプションではありませんが、中にあるものは有効になることがあります: ${list(inside)}。`,
      '必要なものを外に移し、残りを削除してください。',
    ),
  'unknown-on-version': ({ key, version }) =>
    say(
      `Docker ${version} は「${key}」を認識しないため、これがあると起動しません。`,
      'このバージョンでは削除してください。',
    ),
  'duplicate-key': ({ key }) =>
    say(`「${key}」が 2 回書かれています。Docker は最後のものを使います。`, '不要なほうを削除してください。'),
  'wrong-type': ({ key, expected, found }) =>
    say(
      spaced`「${key}」は ${typeName(expected)} でなければなりませんが、${typeName(found)} です。`,
      spaced`${typeName(expected)} を書いてください。`,
    ),
  'conflicts-with-flag': ({ key, flag, where }) =>
    say(
      `「${key}」は ${flag}${where === '' ? '' : ` (${where})`} でも設定されています。両方にあると Docker は起動しません。`,
      `ファイルから「${key}」を削除するか、${flag} を指定元で削除してください。`,
    ),
  'live-restore-with-swarm': () =>
    say(
      'Swarm ノードでライブリストアが有効です。このままではデーモンが次に起動しません。',
      'デーモンを再起動する前に、ライブリストアを無効にしてください。',
    ),
  'userland-proxy-true-blocks-reload': () =>
    say(
      '"userland-proxy": true と書かれていると、このデーモンはリロードをすべて拒否します。',
      'キーを削除してください。デフォルトが true です。',
    ),
  'bridge-with-bip': () =>
    say('「bridge」と「bip」は同時に指定できません。両方あるとデーモンは起動しません。', '一方だけ残してください。'),
  'validate-key': () =>
    say('"validate": true があると、デーモンは設定を検査するだけで終了します。', 'キーを削除してください。'),
  'memory-differs': ({ key, file, running }) =>
    say(
      file === null
        ? spaced`${names[key] ?? key} は、動作中のデーモンでは ${inWords(running)} ですが、ファイルでは未設定です。`
        : spaced`${names[key] ?? key} は、動作中のデーモンでは ${inWords(running)} ですが、ファイルでは ${inWords(file)} です。`,
      file === null
        ? '望む値をファイルに設定してから、リロードしてください。'
        : 'ファイルの値を反映するには、設定をリロードしてください。',
    ),
  'validate-refused': ({ lines }) =>
    say(
      `Docker 自身の検査で拒否されました${lines.length === 0 ? '。' : `: ${lines.join(' · ')}`}`,
      'Docker が指摘した箇所を直してください。',
    ),
  'not-checked': ({ why }) => say(notChecked[why], ''),
  'text-fault': ({ problem }) =>
    problem.kind === 'config.invalid'
      ? say(
          `ファイルの ${problem.place.line} 行 ${problem.place.column} 列に誤りがあります: ${faults[problem.fault]}。`,
          'JSON 画面でその箇所を直すか、以前の内容に戻してください。',
        )
      : problem.kind === 'config.unreadable' && problem.cause === 'missing'
        ? say(
            'ファイルがありません。フラグ --config-file で指定されているため、なければデーモンは起動しません。',
            'ファイルを元に戻すか、変更を適用して新しく作成してください。',
          )
        : say('ファイルを読み込めません。', 'ファイルの有無と、読み取り権限を確認してください。'),
  'crash-would-stop': ({ containers }) =>
    say(
      containers === 1
        ? 'デーモンが異常終了すると、実行中のコンテナーが停止します。ライブリストアが無効です。'
        : `デーモンが異常終了すると、実行中のコンテナー ${number(containers)} 個すべてが停止します。ライブリストアが無効です。`,
      'ライブリストアを有効にしてください。',
    ),
  'bad-value': checkFinding,
  'not-on-machine': checkFinding,
  clash: checkFinding,
  overlap: checkFinding,
  'next-start-flags': ({ gone, come }) =>
    say(
      `デーモンの次の起動では、動作中とは異なるフラグが使われます${gone.length > 0 ? ` (なくなるもの: ${list(gone)})` : ''}${come.length > 0 ? ` (追加または変更: ${list(come)})` : ''}。`,
      '再起動の影響は、このフラグで予測しています。意図した変更でなければ元に戻してください。',
    ),
  'next-start-would-stop': ({ containers }) =>
    say(
      containers === 1
        ? 'コンテナーはデーモンの停止後も動き続けますが、次の起動で停止します。ファイルでライブリストアが有効になっていません。'
        : `コンテナー ${number(containers)} 個はデーモンの停止後も動き続けますが、次の起動で停止します。ファイルでライブリストアが有効になっていません。`,
      '先にファイルでライブリストアを有効にしてください。',
    ),
  'policy-untrusted': ({ policy: file, at }) =>
    say(
      `ポリシー ${file} は無視されます。root 以外が ${at} に書き込めます。`,
      `${at} の所有者を root にし、root 以外の書き込み権限を外してください。`,
    ),
  'policy-faulty': ({ policy: file, fault }) =>
    say(
      `ポリシー ${file} を解釈できないため、何も変更できません。${policy.fault(fault)}`,
      '管理者に修正または削除を依頼してください。',
    ),
  'policy-differs': ({ policy: file, key, value }) =>
    say(`ポリシー ${file} は ${key} を ${JSON.stringify(value)} と定めています。`, `${key} をその値にしてください。`),
  doctor: (about) => doctor.finding(about),
  'wish-not-followed': ({ wish }) =>
    say(
      `「${wish}」は Docker コンテキストでも、使えるアドレスでもありません。代わりのデーモンは選んでいません。`,
      '「一般」でデーモンを選ぶか、別のコンテキストまたはアドレスを指定して Afloat を起動してください。',
    ),
};

/** What was found, and what to do. */
export const finding = (about: FindingKind): FindingSaid =>
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  (sentences[about.kind] as (about: FindingKind) => FindingSaid)(about);
