// A size: a number and its unit, written as it was written before; what is spelled otherwise stays one line of text.
import { Choice } from './choice.tsx';
import { LineInput } from './line-input.tsx';

type SizeInputProps = {
  readonly value: string;
  readonly isValid: (text: string) => boolean;
  readonly fault: string;
  readonly example: string;
  readonly units: Readonly<Record<Unit, string>>;
  readonly unitLabel: string;
  readonly onChange: (text: string) => void;
  readonly id: string;
  readonly disabled: boolean;
};

type Unit = '' | 'k' | 'm' | 'g' | 't';
const all: readonly Unit[] = ['', 'k', 'm', 'g', 't'];

/** `64M` in its parts; null where it is spelled in a way of its own. */
export function sizeParts(
  text: string,
): { readonly amount: string; readonly unit: Unit; readonly tail: string } | null {
  const match = /^(\d+(?:\.\d+)?)([kmgt]?)(i?b?)$/i.exec(text);
  if (!match) return null;
  return { amount: match[1] ?? '', unit: (match[2] ?? '').toLowerCase() as Unit, tail: match[3] ?? '' };
}

export function SizeInput({ value, example, units, unitLabel, ...rest }: SizeInputProps) {
  const { onChange, disabled, fault, isValid, id } = rest;
  const now = sizeParts(value);
  const like = now ?? sizeParts(example);
  const line = { id, disabled, fault, example: sizeParts(example)?.amount ?? example };
  if (value !== '' && now === null) {
    return <LineInput {...line} numeric={false} value={value} isValid={isValid} onChange={onChange} />;
  }
  // The letter keeps its case: `M` stays one where `K` is chosen.
  const upper = /[A-Z]/.test(value === '' ? example : value);
  const spelled = (amount: string, unit: Unit): string => {
    const letter = upper ? unit.toUpperCase() : unit;
    const tail = unit === '' ? '' : (like?.tail ?? '');
    return amount === '' ? '' : `${amount}${letter}${tail}`;
  };
  const unit = like?.unit ?? '';
  return (
    <span className="size-input">
      <LineInput
        {...line}
        numeric
        value={now?.amount ?? ''}
        isValid={(text) => /^\d+(\.\d+)?$/.test(text.trim()) || isValid(text.trim())}
        onChange={(text) => onChange(/^\d+(\.\d+)?$/.test(text) ? spelled(text, unit) : text)}
      />
      <Choice
        value={unit}
        choices={all.map((one) => [one, units[one]] as const)}
        onChange={(next) => onChange(spelled(now?.amount ?? '', next))}
        label={unitLabel}
        disabled={disabled || now === null}
      />
    </span>
  );
}
