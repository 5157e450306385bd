// What this user may do to the daemon, as far as it can be told without asking.
import type { Snapshot } from '@contract/snapshot.ts';
import { useMessages } from '../view.tsx';
import { Row, Section } from './row.tsx';

export function RightsSection({ snapshot }: { readonly snapshot: Snapshot }) {
  const { rights: words } = useMessages();
  const { config, rights } = snapshot;
  return (
    <Section title={words.title}>
      <Row title={words.titles.file} help={words.file(config)} />
      {rights.group !== null && <Row title={words.titles.group} help={words.group(rights.group)} />}
      <Row title={words.titles.change} help={words.change(rights)} />
      {rights.unit !== null && <Row title={words.titles.unit} help={words.unit(rights.unit)} />}
    </Section>
  );
}
