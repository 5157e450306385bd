// Japanese: notifications of the desktop.
import type { Outcome } from '../../outcome.ts';
import { formatsFor } from '../format.ts';

const { list, number } = formatsFor('ja');

const verbs: Readonly<Record<Outcome['verb'], string>> = {
  apply: '変更の適用',
  reload: 'リロード',
  restart: '再起動',
  start: '起動',
  stop: '停止',
  recover: '修復',
};

const containers = (count: number): string => `コンテナー ${number(count)} 個`;

export const notices = {
  down: {
    title: 'Docker デーモンが停止しました',
    body: (running: number | null): string =>
      running === null || running === 0
        ? '理由の確認と起動は Afloat で行えます。'
        : `停止したとき、${containers(running)}が実行中でした。様子は Afloat で確認できます。`,
  },
  back: {
    title: 'Docker デーモンが復帰しました',
    body: (running: number | null): string => (running === null ? '' : `${containers(running)}が実行中です。`),
  },
  restarted: {
    title: 'Docker デーモンが再起動されました',
    body: (ran: number | null, running: number | null): string =>
      ran === null || running === null
        ? 'Afloat による再起動ではありません。コンテナーの様子は Afloat で確認できます。'
        : `Afloat による再起動ではありません。実行中のコンテナーは ${number(ran)} 個から ${number(running)} 個になりました。`,
  },
  fileChanged: {
    title: 'daemon.json が変更されました',
    body: (path: string): string =>
      `Afloat による変更ではありません。${path} の今の内容と、デーモンへの反映は Afloat で確認できます。`,
  },
  applied: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]}が完了しました`,
    body: (kept: number, before: number): string =>
      before === 0
        ? '実行中のコンテナーはありませんでした。'
        : `${containers(before)}のうち ${number(kept)} 個が動き続けました。`,
  },
  rolledBack: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]}を元に戻しました`,
    body: '元の設定が有効です。理由は Afloat で確認できます。',
  },
  failed: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]}に失敗しました`,
    body: '何が起きたか、今どういう状態かは Afloat で確認できます。',
  },
  refused: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]}は行われませんでした`,
    body: '何も変更していません。理由は Afloat で確認できます。',
  },
  pipesFilling: {
    title: 'まもなくコンテナーが Docker デーモンを待って止まります',
    body: (names: readonly string[], minutes: number | null): string =>
      `${list(names)} の出力が読み取られていません。${
        minutes === null ? 'バッファーがいっぱいになると、' : `約 ${number(minutes)} 分後にバッファーがいっぱいになり、`
      }デーモンを起動するまで処理が止まります。`,
  },
  noTray: {
    title: 'Afloat を終了しました',
    body: 'このデスクトップにはトレイアイコンが表示されないため、ウィンドウを閉じるとアプリが終了します。afloat コマンドでも同じ操作ができます。',
  },
  /** On the button of a notification, where the desktop has those. */
  actions: { status: '状態を表示', file: 'ファイルを表示' },
};
