// What this is, which versions of what it is made of, and where to read on.
import type { Link } from '@contract/ipc.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { Diagnostics } from '../parts/diagnostics.tsx';
import { FilePath } from '../parts/file-path.tsx';
import { Ring } from '../parts/icons.tsx';
import { KeyList } from '../parts/key-list.tsx';
import { Section } from '../parts/row.tsx';
import { useActions, useMessages } from '../view.tsx';

const links = ['docs.live-restore', 'docs.daemon', 'docs.install'] as const satisfies readonly Link[];

export function About({ snapshot }: { readonly snapshot: Snapshot }) {
  const {
    keys,
    packaging,
    window: { about: words, pages },
  } = useMessages();
  const actions = useActions();
  const { app, engine } = snapshot;
  return (
    <>
      <header className="head">
        <h1>{pages.about}</h1>
      </header>
      <div className="card hero hero-top">
        <Ring on large />
        <div className="row-words">
          <p className="hero-title">Afloat {app.version}</p>
          <p className="row-help">{words.tagline}</p>
        </div>
      </div>
      <Section title={words.versions}>
        <dl className="facts">
          <dt>{words.engine}</dt>
          <dd>{'facts' in engine ? engine.facts.version : words.noEngine}</dd>
          <dt>{words.electron}</dt>
          <dd>
            {app.electron}
            {app.unsupportedRuntime && <span className="pill warn">{words.unsupported}</span>}
          </dd>
          <dt>{words.chromium}</dt>
          <dd>{app.chromium}</dd>
          <dt>{words.node}</dt>
          <dd>{app.node}</dd>
          <dt>{packaging.updates}</dt>
          <dd>{packaging.by[app.packaging]}</dd>
        </dl>
      </Section>
      <Paths snapshot={snapshot} />
      <Diagnostics />
      <Section title={keys.title}>
        <KeyList platform={app.platform} />
      </Section>
      <Section title={words.links}>
        {links.map((link) => (
          <button type="button" key={link} className="row link" onClick={() => void actions.open(link)}>
            {words.link[link]}
            <span aria-hidden="true">↗</span>
          </button>
        ))}
      </Section>
      <Section title={words.license}>
        <p className="card-text">{words.licenseText}</p>
      </Section>
    </>
  );
}

/** Where everything lies. */
function Paths({ snapshot }: { readonly snapshot: Snapshot }) {
  const { diagnostics: words } = useMessages();
  const actions = useActions();
  const { app, target } = snapshot;
  return (
    <Section title={words.paths}>
      {target.configPath && (
        <FilePath title={words.configuration} path={target.configPath} reveal={actions.revealConfig} />
      )}
      <FilePath title={words.log} path={app.logPath} reveal={actions.revealLog} />
      <FilePath title={words.preferences} path={app.preferencesPath} reveal={actions.revealPreferences} />
    </Section>
  );
}
