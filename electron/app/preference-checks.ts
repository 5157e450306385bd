// Which values each preference can have: for the door, and for the file that they are kept in.
import { languages } from '../contract/messages/language.ts';
import type { Preferences } from '../contract/preferences.ts';

const oneOf =
  <T extends string>(...choices: readonly T[]) =>
  (value: unknown): value is T =>
    choices.some((choice) => choice === value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** One check per preference. */
export const preferenceChecks: { readonly [P in keyof Preferences]: (value: unknown) => value is Preferences[P] } = {
  theme: oneOf('system', 'light', 'dark'),
  language: oneOf('system', ...languages),
  openAtLogin: isBoolean,
  notifications: isBoolean,
};
