// Japanese: rights, and what becomes of the question for them.
import type { Problem, ReadOnlyReason } from '../../problem.ts';
import { formatsFor } from '../format.ts';

const { list } = formatsFor('ja');

type Said = { readonly title: string; readonly state: string; readonly remedy: string };
type Kind = Extract<Problem['kind'], `authorization.${string}`>;

const say = (title: string, state: string, remedy: string): Said => ({ title, state, remedy });
const unchanged = '何も変更していません。';

const problems: { readonly [K in Kind]: (problem: Extract<Problem, { kind: K }>) => Said } = {
  'authorization.dismissed': () =>
    say('認証の要求が閉じられました。', unchanged, '準備ができたら、もう一度お試しください。'),
  'authorization.denied': () =>
    say(
      '認証されませんでした。',
      `パスワードが違うか、管理者が許可していません。${unchanged}`,
      'もう一度お試しいただくか、管理者に依頼してください。',
    ),
  'authorization.no-agent': ({ command }) =>
    say(
      'ここではパスワードを尋ねることができません。',
      `このセッションでは認証エージェントが動作していません。${unchanged}`,
      `デスクトップの認証エージェントを起動するか、管理者が次を実行してください: ${command}`,
    ),
  'authorization.lost': ({ detail }) =>
    say(
      'root 権限の処理が、応答せずに終了しました。',
      `${detail === '' ? '' : `出力: ${detail}。`}始めた変更は、ジャーナルにより完了するか元に戻されます。`,
      'もう一度確認して、現在の状態を見てください。',
    ),
  'authorization.insufficient': ({ keys }) =>
    say(
      `次のオプションには個別の認証が必要です: ${list(keys)}。`,
      'root としてプログラムを実行したり、デーモンの API を公開したりできるオプションです。何も変更していません。',
      'もう一度適用してください。認証の画面にオプション名が表示されます。',
    ),
};

type Reason = Extract<ReadOnlyReason, 'untrusted-path' | 'untrusted-program' | 'not-of-unit'>;

const reasons: Readonly<Record<Reason, string>> = {
  'untrusted-path': 'そのパスのファイルを root 以外が差し替えられるため、root 権限では何も行いません。',
  'untrusted-program': 'そのプログラムを root 以外が差し替えられるため、root 権限では何も行いません。',
  'not-of-unit': 'systemd が動作していますが、このデーモンは systemd が起動したものではありません。',
};

const remedies: Readonly<Record<Reason, string>> = {
  'untrusted-path': 'ファイルとその上のすべてのフォルダーを、リンクを使わず root だけのものにしてください。',
  'untrusted-program': 'Docker Engine をパッケージから、root のフォルダーにインストールしてください。',
  'not-of-unit': 'デーモンをサービスとして起動するか、root として直接変更してください。',
};

export const authorization = { problems, reasons, remedies };
