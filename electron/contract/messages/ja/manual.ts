// Japanese: what the man page says beside the help of the command line.

export const manual = {
  section: 'Afloat',
  name: 'コンテナーを失わずに Docker デーモンの設定を変更する',
  headings: {
    name: '名前',
    synopsis: '書式',
    description: '説明',
    commands: 'コマンド',
    options: 'オプション',
    exitStatus: '終了ステータス',
    environment: '環境変数',
    files: 'ファイル',
    examples: '例',
    seeAlso: '関連項目',
  },
  description: [
    'afloat は Afloat のコマンドラインです。このコンピューターの Docker デーモンの設定を変更し、必要なときだけデーモンをリロードまたは再起動し、反映されたことをデーモン自身から確認します。反映されなければすべて元に戻します。何かをする前に、各コンテナーがどうなるかを示します。',
    'afloat-desktop が開くウィンドウと同じエンジンを使います。afloat-desktop に --hidden を付けるとトレイで起動し、--sandbox を付けると練習用の専用デーモンで開きます。',
  ],
  environment: [
    ['DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG', '対象のデーモン。docker コマンドと同じです。'],
    ['NO_COLOR', '端末でも色を付けません。'],
    ['LC_ALL, LC_MESSAGES, LANG', '--lang がないときの表示言語。'],
  ] as readonly (readonly [string, string])[],
  files: [
    ['/etc/docker/daemon.json', 'システムのデーモンの設定ファイル (デーモンが別のファイルを指定しない場合)。'],
    ['~/.config/docker/daemon.json', 'rootless デーモンの設定ファイル。'],
    ['/var/lib/afloat', 'root として変更したファイルの記録と以前のバージョン。'],
    ['~/.local/state/afloat', '一般ユーザーとして変更したファイルの記録と以前のバージョン。'],
  ] as readonly (readonly [string, string])[],
};
