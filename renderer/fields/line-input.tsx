// One line of text or a number: what is valid goes into the draft as it is typed, what is not stays here and says why.
import { useTyped } from './typed-text.ts';

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
  const { typed, put, drop } = useTyped(value);
  const wrong = typed !== null && typed !== '' && !isValid(typed);
  const type = (text: string): void => {
    const isTaken = text.trim() === '' ? !numeric : isValid(text);
    put(text, isTaken);
    if (isTaken) onChange(text.trim());
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
        data-undo={typed !== null && typed.trim() !== value ? 'own' : undefined}
        onChange={(event) => type(event.target.value)}
        onBlur={() => {
          if (typed?.trim() === '') onChange('');
          if (!wrong) drop();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') drop();
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
