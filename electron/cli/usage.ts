// Says what is wrong with a command line, and how it is meant.
import type { Messages } from '../contract/messages/index.ts';
import type { UsageFault } from './usage-fault.ts';

/** A sentence and what to do about it; null where nothing is to be done. */
export type Said = { readonly message: string; readonly remedy: string | null };

export function usageSaid({ cli }: Messages, fault: UsageFault): Said {
  const { usage } = cli;
  const hint = usage.hint('command' in fault ? fault.command : null);
  const near = (word: string | null): string => (word === null ? hint : usage.didYouMean(word));
  switch (fault.kind) {
    case 'command-missing':
      return { message: usage.commandMissing, remedy: hint };
    case 'command-unknown':
      return { message: usage.commandUnknown(fault.word), remedy: near(fault.near) };
    case 'option-unknown':
      return { message: usage.optionUnknown(fault.option), remedy: near(fault.near) };
    case 'option-elsewhere':
      return { message: usage.optionElsewhere(fault.option, fault.command), remedy: hint };
    case 'key-unknown':
      return { message: usage.keyUnknown(fault.key), remedy: near(fault.near) };
    case 'option-twice':
      return { message: usage.optionTwice(fault.option), remedy: hint };
    case 'value-missing':
      return { message: usage.valueMissing(fault.option), remedy: hint };
    case 'value-extra':
      return { message: usage.valueExtra(fault.option), remedy: hint };
    case 'form-missing':
      return { message: usage.formMissing(fault.command), remedy: usage.takes(fault.takes) };
    case 'value-unfit':
      return { message: usage.valueUnfit(fault.option, fault.value), remedy: usage.takes(fault.takes) };
    case 'seconds-unfit':
      return { message: usage.secondsUnfit(fault.value), remedy: hint };
    case 'version-unfit':
      return { message: usage.versionUnfit(fault.value), remedy: hint };
    case 'flags-unfit':
      return { message: usage.flagsUnfit, remedy: hint };
    case 'together':
      return { message: usage.together(fault.options), remedy: hint };
    case 'bytes-unfit':
      return { message: usage.bytesUnfit(fault.value), remedy: hint };
    case 'option-alone':
      return { message: usage.optionAlone(fault.option, fault.needs), remedy: hint };
    case 'unexpected':
      return { message: usage.unexpected(fault.command, fault.word), remedy: hint };
    case 'change-missing':
      return { message: usage.changeMissing(fault.command), remedy: usage.changeForms };
    case 'change-unfit':
      return { message: usage.changeUnfit[fault.why](fault.word), remedy: usage.changeForms };
    case 'change-twice':
      return { message: usage.changeTwice(fault.word), remedy: hint };
    case 'remove-with-value':
      return { message: usage.removeWithValue(fault.word), remedy: hint };
    case 'from-with-edits':
      return { message: usage.fromWithEdits, remedy: hint };
    case 'input-unreadable':
      return { message: usage.inputUnreadable(inputName(fault.path, usage), fault.cause), remedy: null };
    case 'input-not-text':
      return { message: usage.inputNotText(inputName(fault.path, usage)), remedy: null };
    case 'input-empty':
      return { message: usage.inputEmpty, remedy: null };
  }
}

const inputName = (path: string, usage: Messages['cli']['usage']): string =>
  path === '-' ? usage.standardInput : path;
