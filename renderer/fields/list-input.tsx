// A list of lines: Enter, or leaving the field, adds what stands in it; an empty line is never written.
import { useRef, useState } from 'react';
import { AddIcon, RemoveIcon, UpIcon } from '../parts/icons.tsx';
import { useMessages } from '../view.tsx';
import { moved } from './moved.ts';

type ListInputProps = {
  readonly items: readonly string[];
  readonly isValid: (text: string) => boolean;
  readonly fault: string;
  readonly example: string;
  /** Says that an item moves up. */
  readonly moveUp: (item: string) => string;
  readonly onChange: (items: readonly string[]) => void;
  readonly id: string;
  readonly disabled?: boolean;
};

export function ListInput({ items, isValid, fault, example, moveUp, onChange, id, disabled }: ListInputProps) {
  const { actions } = useMessages().window;
  const [typed, setTyped] = useState('');
  const [checked, setChecked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const text = typed.trim();
  const wrong = checked && text !== '' && !isValid(text);

  const commit = (): void => {
    setChecked(true);
    if (text === '' || !isValid(text)) return;
    if (!items.includes(text)) onChange([...items, text]);
    setTyped('');
    setChecked(false);
  };
  return (
    <fieldset className="list" aria-labelledby={`${id}-title`} disabled={disabled}>
      {items.length > 0 && (
        <ul>
          {items.map((item, at) => (
            // A file may say the same twice. What moves keeps its buttons, and the focus on them.
            <li key={`${item} ${items.slice(0, at).filter((one) => one === item).length}`}>
              <code>{item}</code>
              {items.length > 1 && (
                <button
                  type="button"
                  className="button icon-only"
                  disabled={disabled}
                  aria-disabled={at === 0}
                  aria-label={moveUp(item)}
                  onClick={() => at > 0 && onChange(moved(items, at))}
                >
                  <UpIcon />
                </button>
              )}
              <button
                type="button"
                className="button icon-only"
                disabled={disabled}
                aria-label={actions.remove(item)}
                onClick={() => {
                  onChange(items.filter((_, i) => i !== at));
                  input.current?.focus();
                }}
              >
                <RemoveIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="list-new">
        <input
          ref={input}
          id={id}
          className="control wide"
          type="text"
          spellCheck={false}
          autoComplete="off"
          placeholder={example}
          value={typed}
          disabled={disabled}
          aria-describedby={wrong ? `${id}-fault` : `${id}-help`}
          aria-invalid={wrong}
          data-undo={typed === '' ? undefined : 'own'}
          onChange={(event) => {
            setTyped(event.target.value);
            setChecked(false);
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
          }}
        />
        {/* Leaving the field has added the line already when this is pressed; it is here to be found. */}
        <button
          type="button"
          className="button"
          disabled={disabled || text === ''}
          onClick={() => {
            commit();
            // With nothing left to add it is locked; the next line begins where this one did.
            input.current?.focus();
          }}
        >
          <AddIcon />
          {actions.add}
        </button>
      </div>
      {wrong && (
        <span className="fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </fieldset>
  );
}
