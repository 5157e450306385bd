// The window as a whole: sidebar, the page of the place, the bar below, and an open confirmation.
import { Confirm } from './parts/confirm.tsx';
import { DraftBar } from './parts/draft-bar.tsx';
import { LiveRegion } from './parts/live-region.tsx';
import { Scroll } from './parts/scroll.tsx';
import { Sidebar } from './parts/sidebar.tsx';
import { Daemon } from './pages/daemon.tsx';
import { Status } from './pages/status.tsx';
import type { Snapshot } from '@contract/snapshot.ts';
import type { PlaceName } from '@contract/ipc.ts';
import { useMessages, useSnapshot, useView } from './view.tsx';

export function App() {
  const place = useView((view) => view.place);
  const snapshot = useSnapshot();
  const { window: words } = useMessages();
  return (
    <div className="window">
      <Sidebar place={place} />
      <main className="main">
        <Scroll className="page" label={words.page} key={place.split('/')[0]}>
          <div className="column">
            {snapshot ? <Page place={place} snapshot={snapshot} /> : <Waiting place={place} />}
          </div>
        </Scroll>
        <DraftBar />
      </main>
      <Confirm />
      <LiveRegion />
    </div>
  );
}

function Page({ place, snapshot }: { readonly place: PlaceName; readonly snapshot: Snapshot }) {
  const welcomePart = useView((view) => view.welcomePart);
  const late = useView((view) => view.latePart);
  switch (place) {
    case 'welcome':
      if (welcomePart === null) return <Waiting place={place} />;
      return <welcomePart.Welcome snapshot={snapshot} words={welcomePart.words} />;
    case 'general':
      return late ? <late.General snapshot={snapshot} /> : <Waiting place={place} />;
    case 'status':
      return <Status snapshot={snapshot} />;
    case 'history':
      return late ? <late.History snapshot={snapshot} /> : <Waiting place={place} />;
    case 'about':
      return late ? <late.About snapshot={snapshot} /> : <Waiting place={place} />;
    case 'daemon/basic':
    case 'daemon/advanced':
    case 'daemon/json':
      return <Daemon snapshot={snapshot} place={place} />;
  }
}

/** Until the first snapshot and the page itself, which come within milliseconds: the heading only, in its final place. */
function Waiting({ place }: { readonly place: PlaceName }) {
  const { pages } = useMessages().window;
  // The first page comes with its words, a moment later.
  if (place === 'welcome') return null;
  const page = place.split('/')[0] as keyof typeof pages;
  return (
    <header className="head">
      <h1>{pages[page]}</h1>
    </header>
  );
}
