// What can be wrong with a command line, as data.
import type { CommandName } from './grammar.ts';
import type { KeyFault } from './key-path.ts';

export type UsageFault =
  | { readonly kind: 'command-missing' }
  | { readonly kind: 'command-unknown'; readonly word: string; readonly near: string | null }
  | { readonly kind: 'option-unknown'; readonly option: string; readonly near: string | null }
  /** An option of other commands. */
  | { readonly kind: 'option-elsewhere'; readonly option: string; readonly command: string }
  | { readonly kind: 'key-unknown'; readonly key: string; readonly near: string | null }
  | { readonly kind: 'option-twice'; readonly option: string }
  | { readonly kind: 'value-missing'; readonly option: string }
  | { readonly kind: 'value-extra'; readonly option: string }
  | { readonly kind: 'form-missing'; readonly command: CommandName; readonly takes: readonly string[] }
  | { readonly kind: 'value-unfit'; readonly option: string; readonly value: string; readonly takes: readonly string[] }
  | { readonly kind: 'seconds-unfit'; readonly value: string }
  | { readonly kind: 'version-unfit'; readonly value: string }
  | { readonly kind: 'flags-unfit'; readonly value: string }
  | { readonly kind: 'together'; readonly options: readonly string[] }
  | { readonly kind: 'bytes-unfit'; readonly value: string }
  | { readonly kind: 'option-alone'; readonly option: string; readonly needs: string }
  | { readonly kind: 'unexpected'; readonly word: string; readonly command: CommandName }
  | { readonly kind: 'change-missing'; readonly command: CommandName }
  | { readonly kind: 'change-unfit'; readonly word: string; readonly why: KeyFault | 'number' }
  | { readonly kind: 'change-twice'; readonly word: string }
  | { readonly kind: 'remove-with-value'; readonly word: string }
  | { readonly kind: 'from-with-edits' }
  | { readonly kind: 'input-unreadable'; readonly path: string; readonly cause: string }
  | { readonly kind: 'input-not-text'; readonly path: string }
  /** Nothing came through standard input: what should have written it failed. */
  | { readonly kind: 'input-empty' };
