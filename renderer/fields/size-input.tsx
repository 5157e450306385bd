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
): { readonly amount: string; readonly space: string; readonly unit: Unit; readonly tail: string } | null {
  const [, amount, space = '', unit = '', tail = ''] = /^(\d+(?:\.\d+)?)( ?)([kmgt]?)(i?b?)$/i.exec(text) ?? [];
  return amount === undefined ? null : { amount, space, unit: unit.toLowerCase() as Unit, tail };
}

export function SizeInput({ value, example, units, unitLabel, ...rest }: SizeInputProps) {
  const { onChange, disabled, fault, isValid, id } = rest;
  const now = sizeParts(value);
  const like = now ?? sizeParts(example);
  const isOwn = value !== '' && now === null;
  // The letter keeps its case: `M` stays one where `K` is chosen.
  const upper = /[A-Z]/.test(value === '' ? example : value);
  const spelled = (amount: string, unit: Unit): string => {
    const letter = upper ? unit.toUpperCase() : unit;
    if (amount === '' || unit === '') return amount;
    return `${amount}${like?.space ?? ''}${letter}${like?.tail ?? ''}`;
  };
  const unit = like?.unit ?? '';
  return (
    <span className="size-input">
      {/* The same line for both, which somebody may be typing in. */}
      <LineInput
        id={id}
        disabled={disabled}
        fault={fault}
        example={sizeParts(example)?.amount ?? example}
        numeric={!isOwn}
        value={isOwn ? value : (now?.amount ?? '')}
        isValid={(text) => /^\d+(\.\d+)?$/.test(text.trim()) || isValid(text.trim())}
        onChange={(text) => onChange(!isOwn && /^\d+(\.\d+)?$/.test(text) ? spelled(text, unit) : text)}
      />
      {!isOwn && (
        <Choice
          value={unit}
          choices={all.map((one) => [one, units[one]] as const)}
          onChange={(next) => onChange(spelled(now?.amount ?? '', next))}
          label={unitLabel}
          disabled={disabled || now === null}
        />
      )}
    </span>
  );
}
