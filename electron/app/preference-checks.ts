// Which values each preference can have: for the door, and for the file that they are kept in.
import { checkIds } from '../contract/doctor.ts';
import { languages } from '../contract/messages/language.ts';
import { noticeKinds, type Preferences } from '../contract/preferences.ts';

const oneOf =
  <T extends string>(...choices: readonly T[]) =>
  (value: unknown): value is T =>
    choices.some((choice) => choice === value);
/** Some of them, each once. */
const someOf =
  <T extends string>(choices: readonly T[]) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && new Set(value).size === value.length && value.every(oneOf(...choices));
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** One check per preference. */
export const preferenceChecks: { readonly [P in keyof Preferences]: (value: unknown) => value is Preferences[P] } = {
  theme: oneOf('system', 'light', 'dark'),
  language: oneOf('system', ...languages),
  openAtLogin: isBoolean,
  notifications: isBoolean,
  mutedNotices: someOf(noticeKinds),
  mutedChecks: someOf(checkIds),
};
