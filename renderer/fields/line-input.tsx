// One line of text or a number: what is valid goes into the draft as it is typed, what is not stays here and says why.
import { useState } from 'react';

type LineInputProps = {
  readonly value: string;
  readonly numeric: boolean;
  /** Empty is always valid and means: as if it were not written. */
  readonly isValid: (text: string) => boolean;
  readonly fault: string;
  readonly example: string;
  readonly onChange: (text: string) => void;
  readonly id: string;
  readonly disabled?: boolean;
};

export function LineInput({ value, numeric, isValid, fault, example, onChange, id, disabled }: LineInputProps) {
  // Holds only what may not go into the draft yet; null: shows the draft.
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && typed !== '' && !isValid(typed);
  const type = (text: string): void => {
    setTyped(text);
    if (text.trim() === '' ? !numeric : isValid(text)) onChange(text.trim());
  };
  return (
    <span className="line-input">
      <input
        className={numeric ? 'control number' : 'control short'}
        type="text"
        inputMode={numeric ? 'numeric' : 'text'}
        spellCheck={false}
        autoComplete="off"
        placeholder={example}
        value={typed ?? value}
        disabled={disabled}
        id={id}
        aria-describedby={wrong ? `${id}-fault` : `${id}-help`}
        aria-invalid={wrong}
        onChange={(event) => type(event.target.value)}
        onBlur={() => {
          if (typed?.trim() === '') onChange('');
          if (!wrong) setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      {wrong && (
        <span className="fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </span>
  );
}
