// The user's choices about our own app; never about the daemon.

import type { Language } from './messages/language.ts';

export type Preferences = {
  readonly theme: 'system' | 'light' | 'dark';
  readonly language: 'system' | Language;
  readonly openAtLogin: boolean;
  readonly notifications: boolean;
};

export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'system',
  openAtLogin: false,
  notifications: true,
};
