// The commands that make changes for later and for elsewhere: preset, export.
import { patchBetween } from '../contract/change.ts';
import type { Command } from './arguments.ts';
import { exitCodes } from './exit-code.ts';
import { changeFor, readChange, withEngine, type Session } from './session.ts';
import { readConfigText } from '../engine/config-text.ts';
import { exportChange } from '../engine/exports/export-change.ts';

/** Lists the presets, with what each would set or why it is not for this daemon. */
export const presets = (session: Session): Promise<number> =>
  withEngine(session, true, async (engine) => {
    const { screen } = session;
    const offered = await engine.presets(null);
    if (!offered.ok) return screen.problem(offered.problem);
    const { cli, preset: words } = screen.messages;
    const listed = offered.value.map((one) => ({
      ...one,
      title: words.title(one.name),
      help: words.help(one.name),
      ...('lack' in one ? { message: words.lack(one.lack) } : {}),
    }));
    const width = Math.max(...listed.map(({ name }) => name.length));
    screen.result({ presets: listed }, () =>
      listed
        .map(({ name, title, help, message }) => `${cli.presetLine(name.padEnd(width), title, message ?? help)}\n`)
        .join(''),
    );
    return exitCodes.done;
  });

type Export = Extract<Command, { readonly name: 'export' }>;

/** Writes a change for other hosts; needs a daemon only where the change depends on one. */
export async function exportTo(session: Session, { form, change: typed }: Export): Promise<number> {
  const { around, screen } = session;
  const input = await readChange(around, typed);
  if ('fault' in input) return screen.usage(input.fault);
  if ('problem' in input) return screen.problem(input.problem);
  const summary = 'summary' in input ? input.summary : screen.messages.preset.title(input.preset.name);
  const tell = (patch: Parameters<typeof exportChange>[1], version: string | null): number => {
    const text = exportChange(form, patch, summary, version);
    screen.result({ form, text }, () => text);
    return exitCodes.done;
  };
  if ('change' in input && input.change.kind === 'patch') return tell(input.change.patch, null);
  return withEngine(session, true, async (engine) => {
    const change = await changeFor(engine, input);
    if (!change.ok) return screen.problem(change.problem);
    const { config, engine: status } = engine.get();
    const version = 'facts' in status ? status.facts.version : null;
    if (change.value.kind === 'patch') return tell(change.value.patch, version);
    const after = readConfigText(new TextEncoder().encode(change.value.text), '', version);
    if (!after.ok) return screen.problem(after.problem);
    // A file that cannot be read has nothing to compare with.
    if (config.state === 'unreadable') return screen.problem(config.problem);
    return tell(patchBetween(config.state === 'read' ? config.values : {}, after.value.values), version);
  });
}
