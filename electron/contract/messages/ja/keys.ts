// Japanese: what each key of the window does.
export const keys = {
  title: 'キーボード',
  apply: '編集中の変更を適用',
  close: 'ウィンドウを閉じる',
  complete: 'テキスト: 補完',
  fix: 'テキスト: 問題を修正',
  general: '「一般」を開く',
  leave: 'テキスト: 編集欄から出る',
  nextMatch: 'テキスト: 次の一致、前の一致',
  nextProblem: 'テキスト: 次の問題',
  pages: '前のページ、次のページ',
  redo: 'やり直す',
  refresh: 'すべて読み直す',
  search: 'オプションまたはテキストを検索',
  undo: '元に戻す',
  zoom: '拡大、縮小、元の大きさ',
};
