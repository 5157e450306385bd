// English: who brings a newer version of the app.

const byHand = 'You bring them, with a newer archive. Afloat looks for nothing by itself.';
const byPackageManager = 'The package manager of this computer brings them. Afloat looks for nothing by itself.';

export const packaging = {
  updates: 'Updates',
  by: {
    checkout: 'None: this was built from a checkout.',
    archive: byHand,
    appimage: byHand,
    deb: byPackageManager,
    rpm: byPackageManager,
  },
};
