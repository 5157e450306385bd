// Plurals, numbers, times and lists by the rules of a language (ICU, through Intl).

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Formatters of one language, made once. */
export function formatsFor(locale: string) {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return {
    /** The form for this count; `#` in it becomes the number. */
    plural: (count: number, forms: Forms): string =>
      (forms[plurals.select(count)] ?? forms.other).replaceAll('#', numbers.format(count)),
    number: (value: number): string => numbers.format(value),
    /** Seconds from milliseconds, one decimal at most, without a unit. */
    seconds: (ms: number): string => seconds.format(ms / 1000),
    list: (items: readonly string[]): string => lists.format(items),
    /** Hour and minute of a time in ms since 1970. */
    clock: (time: number): string => times.format(time),
  };
}

/**
 * Texts set into a Japanese sentence, for a template that has a space on both sides of each: that space stays only where
 * the text begins or ends in Latin, since half a space stands between Latin and Japanese, and none within Japanese.
 */
export const spaced = (strings: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  strings.reduce((before, after, at) => {
    const text = String(values[at - 1] ?? '');
    const left = /^[!-~]/.test(text) ? before : before.replace(/[ \u00A0]$/, '');
    return `${left}${text}${/[!-~]$/.test(text) ? after : after.replace(/^[ \u00A0]/, '')}`;
  });
