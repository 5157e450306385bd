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
        ? 'コンテナーが 1 個動いています。今デーモンが停止・再起動しても、動き続けます。'
        : `コンテナーが ${number(count)} 個動いています。今デーモンが停止・再起動しても、すべて動き続けます。`,
    stop: (count: number): string =>
      count === 1
        ? 'コンテナーが 1 個動いています。今デーモンが停止・再起動すると、停止します。'
        : `コンテナーが ${number(count)} 個動いています。今デーモンが停止・再起動すると、すべて停止します。`,
    some: (ends: number, all: number): string =>
      `コンテナーが ${number(all)} 個動いています。今デーモンが再起動すると、そのうち ${number(ends)} 個は動き続けられません。`,
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
  hidden: 'コンテナーが保護されているかどうかは、ここからは確認できません。',
  onward: '環境設定を開く',
};
