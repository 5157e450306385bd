// Small reviewed changes by name, and changes to and from files: each is shown as a difference before it joins the draft.
import { useEffect, useState } from 'react';
import type { Patch } from '@contract/change.ts';
import { exportForms, type ExportForm } from '@contract/export-form.ts';
import type { Preset } from '@contract/preset.ts';
import type { Problem } from '@contract/problem.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { etagOf } from '../draft.ts';
import { Choice } from '../fields/choice.tsx';
import { problemWords } from '../sentences.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { Note } from './note.tsx';
import { PatchDialog } from './patch-dialog.tsx';
import { Row, Section } from './row.tsx';

type Offer = { readonly title: string; readonly patch: Patch };

export function PresetsSection({ snapshot, locked }: { readonly snapshot: Snapshot; readonly locked: boolean }) {
  const messages = useMessages();
  const { preset: words } = messages;
  const actions = useActions();
  const draft = useView((view) => view.draft);
  const [mirror, setMirror] = useState('');
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [form, setForm] = useState<ExportForm>('ansible');
  const etag = etagOf(snapshot.config);
  const address = /^https?:\/\/[^\s/?#]+/.test(mirror) ? mirror : null;
  useEffect(() => {
    let gone = false;
    void actions.presets(address).then((answer) => {
      // Without an answer the section stays as it was: what is wrong with the file is told above.
      if (!gone && answer.ok) setPresets(answer.value);
    });
    return () => {
      gone = true;
    };
  }, [actions, etag, address]);

  const open = async (): Promise<void> => {
    const answer = await actions.importPatch();
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok && answer.value)
      setOffer({ title: answer.value.summary || words.imported, patch: answer.value.edits });
  };
  const said = problem && problemWords(messages, problem);
  return (
    <Section title={words.section}>
      {presets
        .filter((one) => one.name !== 'policy' || 'patch' in one)
        .map((one) => (
          <Row
            key={one.name}
            title={words.title(one.name)}
            help={'lack' in one ? words.lack(one.lack) : words.help(one.name)}
          >
            {one.name === 'registry-mirror' && (
              <input
                type="text"
                className="control short"
                value={mirror}
                data-undo="own"
                spellCheck={false}
                placeholder="https://mirror.example.org"
                aria-label={words.mirror}
                onChange={(event) => setMirror(event.target.value.trim())}
              />
            )}
            <button
              type="button"
              className="button"
              disabled={locked || 'lack' in one}
              aria-label={words.lookAt(words.title(one.name))}
              onClick={() => 'patch' in one && setOffer({ title: words.title(one.name), patch: one.patch })}
            >
              {words.look}
            </button>
          </Row>
        ))}
      <Row title={words.import} help={words.importHelp}>
        <button type="button" className="button" disabled={locked} onClick={() => void open()}>
          {words.choose}
        </button>
      </Row>
      <Row title={words.export} help={words.exportHelp}>
        <Choice
          value={form}
          choices={exportForms.map((one) => [one, words.forms[one]] as const)}
          label={words.form}
          onChange={setForm}
        />
        <button
          type="button"
          className="button"
          disabled={draft === null}
          onClick={() => void actions.exportDraft(form)}
        >
          {words.save}
        </button>
      </Row>
      {said && (
        <Note tone="bad" title={said.title}>
          <p>{said.detail}</p>
        </Note>
      )}
      {offer && <PatchDialog offer={offer} close={() => setOffer(null)} />}
    </Section>
  );
}
