// Where options are searched for: reached by Ctrl+F, or Cmd+F on a Mac; Esc empties it.
import { useEffect, useRef } from 'react';
import { followFindKey } from '../find-key.ts';
import type { OptionPart } from '../option-part.ts';
import { RemoveIcon, SearchIcon } from './icons.tsx';

type OptionSearchBoxProps = {
  readonly part: OptionPart;
  readonly query: string;
  readonly onChange: (query: string) => void;
};

export function OptionSearchBox({ part, query, onChange }: OptionSearchBoxProps) {
  const { search } = part.words;
  const input = useRef<HTMLInputElement>(null);
  useEffect(
    () =>
      followFindKey(window, () => {
        input.current?.focus();
        input.current?.select();
      }),
    [],
  );
  return (
    <div className="search">
      <SearchIcon />
      <input
        ref={input}
        type="text"
        aria-label={search.label}
        title={search.help}
        placeholder={search.hint(part.count)}
        spellCheck={false}
        autoComplete="off"
        data-undo="own"
        value={query}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && query !== '') onChange('');
        }}
      />
      {query !== '' && (
        <button
          type="button"
          className="button icon-only"
          aria-label={search.clear}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <RemoveIcon />
        </button>
      )}
    </div>
  );
}
