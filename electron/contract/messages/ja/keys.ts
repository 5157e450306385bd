// Japanese: what each key of the window does.
export const keys = {
  title: 'キーボード',
  apply: '編集中の変更を適用',
  close: 'ウィンドウを閉じる',
  general: '「一般」を開く',
  pages: '前のページ、次のページ',
  redo: 'やり直す',
  refresh: 'すべて読み直す',
  search: 'オプションまたはテキストを検索',
  undo: '元に戻す',
  zoom: '拡大、縮小',
};
