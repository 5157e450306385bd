// The way from an option's row to its place in the text.
import { useActions, useMessages } from '../view.tsx';
import { BracesIcon } from './icons.tsx';

export function ShowInJson({ path, title }: { readonly path: readonly string[]; readonly title: string }) {
  const actions = useActions();
  const label = useMessages().editor.showInJson(title);
  return (
    <button
      type="button"
      className="button icon-only to-json"
      aria-label={label}
      title={label}
      onClick={() => actions.showInJson(path)}
    >
      <BracesIcon />
    </button>
  );
}
