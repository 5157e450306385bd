// The user's choices about our own app; never about the daemon.

export type Preferences = {
  readonly theme: 'system' | 'light' | 'dark';
  readonly language: 'system' | 'en';
  readonly openAtLogin: boolean;
  readonly notifications: boolean;
};

export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'system',
  openAtLogin: false,
  notifications: true,
};
