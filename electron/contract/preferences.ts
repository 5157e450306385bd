// The user's choices about our own app; never about the daemon.
import type { CheckId } from './doctor.ts';
import type { Language } from './messages/language.ts';

/** What can be told by a notification; each kind can be switched off on its own. */
export type NoticeKind =
  | 'rescue'
  | 'fallen'
  | 'not-as-before'
  | 'down'
  | 'back'
  | 'restarted'
  | 'file-changed'
  | 'applied'
  | 'rolled-back'
  | 'pipes-filling';

export const noticeKinds: readonly NoticeKind[] = Object.keys({
  rescue: true,
  fallen: true,
  'not-as-before': true,
  down: true,
  back: true,
  restarted: true,
  'file-changed': true,
  applied: true,
  'rolled-back': true,
  'pipes-filling': true,
} satisfies Record<NoticeKind, true>) as readonly NoticeKind[];

export type Preferences = {
  readonly theme: 'system' | 'light' | 'dark';
  readonly language: 'system' | Language;
  readonly openAtLogin: boolean;
  /** Whether there are notifications at all. */
  readonly notifications: boolean;
  /** Those that are switched off; a kind that is new in a version is on. */
  readonly mutedNotices: readonly NoticeKind[];
  /** Checks of the doctor that are not told. */
  readonly mutedChecks: readonly CheckId[];
};

export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'system',
  openAtLogin: false,
  notifications: true,
  mutedNotices: [],
  mutedChecks: [],
};
