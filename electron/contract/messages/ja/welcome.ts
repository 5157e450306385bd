// Japanese: the page of the first start; loaded with it, not with the window.
import { formatsFor } from '../format.ts';

const { number } = formatsFor('ja');

export const welcome = {
  title: 'Afloat へようこそ',
  found: 'お使いのデーモン',
  protection: 'コンテナーを守るもの',
  several: (count: number): string => `デーモンの接続先が ${number(count)} か所あります。表示中の接続先:`,
  fates: {
    /** Nobody runs; `on`: live restore is. */
    nobody: (on: boolean): string =>
      on
        ? '実行中のコンテナーはありません。これから起動するコンテナーは、デーモンが停止・再起動しても動き続けます。'
        : '実行中のコンテナーはありません。これから起動するコンテナーは、デーモンが停止・再起動すると停止します。',
    keep: (count: number): string =>
      count === 1
        ? '今デーモンを再起動しても、実行中のコンテナーは動き続けます。'
        : `今デーモンを再起動しても、コンテナー ${number(count)} 個はすべて動き続けます。`,
    stop: (count: number): string =>
      count === 1
        ? '今デーモンを再起動すると、実行中のコンテナーは停止します。'
        : `今デーモンを再起動すると、コンテナー ${number(count)} 個はすべて停止します。`,
    some: (ends: number, all: number): string =>
      `今デーモンを再起動すると、コンテナー ${number(all)} 個のうち ${number(ends)} 個は動き続けられません。`,
    /** Where nobody can foretell more. */
    on: (count: number): string => `コンテナーが ${number(count)} 個動いており、ライブリストアは有効です。`,
    without: (count: number): string =>
      `デーモンは停止しています。コンテナー ${number(count)} 個がデーモンなしで動き続けています。`,
  },
  protect: 'ライブリストアを有効にする',
  protectHelp: 'ライブリストアが有効であれば、デーモンが停止してもコンテナーは動き続けます。',
  protectHow: 'daemon.json に書き込み、デーモンにリロードさせます。',
  already: '必要な操作はありません。ライブリストアは有効で、デーモンを起動し直しても有効のままです。',
  seeStatus: '理由を「状態」で見る',
  absent: (sandbox: boolean): string =>
    sandbox
      ? 'Docker Engine をインストールするか、サンドボックスで Afloat を試せます。サンドボックスは、コンテナーがいくつか入った専用のデーモンで、ほかのものには触れません。'
      : 'Docker Engine をインストールしてから、もう一度確認してください。',
  hidden: 'コンテナーが保護されているかどうかは、ここからは確認できません。',
  onward: '環境設定を開く',
};
