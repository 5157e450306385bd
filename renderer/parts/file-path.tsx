// A file and where it lies, with a way to it.
import { useMessages } from '../view.tsx';
import { Row } from './row.tsx';

type FilePathProps = { readonly title: string; readonly path: string; readonly reveal?: () => Promise<void> };

export function FilePath({ title, path, reveal }: FilePathProps) {
  const { actions: labels } = useMessages().window;
  return (
    <Row title={title} help={<code className="path">{path}</code>}>
      {reveal && (
        <button
          type="button"
          className="button"
          aria-label={`${labels.revealIt}: ${title}`}
          onClick={() => void reveal()}
        >
          {labels.revealIt}
        </button>
      )}
    </Row>
  );
}
