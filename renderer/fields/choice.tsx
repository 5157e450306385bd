// One of a few values, by the native menu.
import { ChevronIcon } from '../parts/icons.tsx';

type ChoiceProps<T extends string> = {
  readonly value: T;
  readonly choices: readonly (readonly [value: T, word: string])[];
  readonly onChange: (value: T) => void;
  /** Named by the label of its row, or by one of its own. */
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
  /** What is chosen, for the pointer, where it may be longer than there is room. */
  readonly whole?: string;
};

export const Choice = <T extends string>({
  value,
  choices,
  onChange,
  id,
  label,
  describedBy,
  disabled,
  whole,
}: ChoiceProps<T>) => (
  <span className="select">
    <select
      className="control"
      value={value}
      disabled={disabled}
      id={id}
      aria-label={label}
      title={whole}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {choices.map(([one, word]) => (
        <option key={one} value={one}>
          {word}
        </option>
      ))}
    </select>
    <ChevronIcon />
  </span>
);
