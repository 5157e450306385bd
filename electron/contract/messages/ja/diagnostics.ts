// Japanese: what can be sent to others to find out what is wrong.

export const diagnostics = {
  /** First line of the text itself. */
  head: (time: string): string =>
    `Afloat の診断情報 (${time})。パスワード、トークン、ホスト名、ホームフォルダーは取り除いてあります。`,
  title: '診断情報',
  what: '今の状態の報告',
  help: 'バージョン、デーモン、設定、見つかった問題、前回の操作、ログの末尾を 1 つのテキストにまとめます。パスワード、トークン、ホスト名、ホームフォルダーは取り除きます。どこにも送信しません。',
  make: '診断情報を表示',
  text: 'コピーまたは保存される診断情報',
  copy: 'コピー',
  save: '保存…',
  close: '閉じる',
  copied: 'コピーしました。',
  saved: (path: string): string => `${path} に保存しました。`,
  paths: '場所',
  log: 'このアプリのログ',
  preferences: 'このアプリの環境設定',
  configuration: 'デーモンの設定ファイル',
};
