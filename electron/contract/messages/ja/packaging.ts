// Japanese: who brings a newer version of the app.

const byHand = '新しいアーカイブで手動で更新します。Afloat が自動で確認することはありません。';
const byPackageManager =
  'このコンピューターのパッケージマネージャーが更新します。Afloat が自動で確認することはありません。';

export const packaging = {
  updates: '更新',
  by: {
    checkout: 'ありません。チェックアウトからビルドされたものです。',
    archive: byHand,
    appimage: byHand,
    deb: byPackageManager,
    rpm: byPackageManager,
  },
};
