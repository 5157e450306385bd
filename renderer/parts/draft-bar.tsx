// The bar below: what is under way, what came of it, and what the open draft would do.
import { useView } from '../view.tsx';
import { DraftLine } from './draft-line.tsx';
import { Progress } from './progress.tsx';
import { Result } from './result.tsx';

export function DraftBar() {
  const running = useView((view) => view.snapshot?.operation.kind === 'running');
  const acting = useView((view) => view.acting);
  const draft = useView((view) => view.draft !== null);
  const told = useView((view) => view.told !== null);
  // The first page shows both itself, where the click was.
  const shownThere = useView((view) => view.place === 'welcome' && view.draft === null);
  if (shownThere) return null;
  if (running || acting) {
    return (
      <footer className="bar" tabIndex={-1}>
        <Progress />
      </footer>
    );
  }
  if (!draft && !told) return null;
  return (
    <footer className="bar" tabIndex={-1}>
      {told && <Result />}
      {draft && <DraftLine />}
    </footer>
  );
}
