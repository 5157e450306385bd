// Japanese: what this user may do, and what to do by hand where that is not enough.
import type { ConfigFile } from '../../snapshot.ts';
import type { Rights } from '../../rights.ts';

/** Whether a file may be read and replaced. */
function file(config: ConfigFile): string {
  if (config.state === 'unknown') return '不明です。';
  if (config.state === 'absent')
    return config.writable.ok ? '作成できます。' : 'ファイルはなく、作成する権限もありません。';
  if (config.state === 'unreadable' && config.etag === null) return '読み取る権限がありません。';
  return config.writable.ok ? '読み書きできます。' : '読み取りのみできます。';
}

/** Whether the daemon's socket is open to us by its group. */
const group = (member: boolean | null): string => {
  if (member === null) return '現在、ソケットがありません。';
  return member
    ? 'ソケットを所有するグループに入っています。これは root と同等の権限です。'
    : 'ソケットを所有するグループに入っていません。';
};

/** How changes and verbs come about. */
function change({ step, control }: Rights): string {
  if (step === 'unneeded') return 'ご自身の権限で行います。';
  if (step === 'missing')
    return '手動でのみ変更できます。Afloat のパッケージがインストールされていないため、パスワードを尋ねられません。';
  switch (control) {
    case 'yes':
      return 'パスワードなしで変更できます。';
    case 'no':
      return '管理者が許可していません。';
    case 'asks':
    case null:
      return '変更ごとに最大 1 回、管理者のパスワードを尋ねます。';
  }
}

/** Whether systemd lets us manage its units. */
const unit = (allowed: Rights['unit']): string => {
  switch (allowed) {
    case 'yes':
      return 'systemd のユニットを管理できます。';
    case 'no':
      return 'systemd のユニットを管理できません。';
    case 'asks':
      return 'systemd のユニットは、管理者のパスワードで管理できます。';
    case null:
      return '不明です。';
  }
};

export const rights = {
  title: 'ご自身の権限',
  titles: { file: '設定ファイル', group: 'デーモンとの通信', change: '変更', unit: 'ユニット' },
  file,
  group,
  change,
  unit,
  byHand: '管理者が実行するコマンド:',
  copy: 'コピー',
  copied: 'コピーしました',
  look: '管理者として表示…',
  seenAt: (time: string): string => `${time} に管理者として読み込みました。`,
  /** Beside the button that applies. */
  asks: '管理者のパスワードを尋ねます。',
  asksNamed: (keys: readonly string[]): string => `毎回、管理者のパスワードを尋ねます: ${keys.join('、')}。`,
};
