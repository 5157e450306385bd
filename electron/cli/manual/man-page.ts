// The man page afloat(1), in roff: the help of every command, and what stands nowhere else.
import type { Messages } from '../../contract/messages/index.ts';
import { commandNames } from '../grammar.ts';
import { readHelp, type HelpPart } from './help-text.ts';

/** `date` as in `2026-11-25`. */
export function manPage(messages: Messages, version: string, date: string): string {
  const { help } = messages.cli;
  const { manual } = messages;
  const { headings } = manual;
  const general = readHelp(help.general);
  const isList = (part: HelpPart): boolean => part.kind === 'terms';
  // In the help of the program: commands first, options of every command second, then exit codes and examples.
  const options = general.parts.filter(isList)[1];
  const [exitCodes, examples] = general.parts.filter(({ kind }) => kind === 'verbatim');
  return [
    // Hyphens stay as they are typed, in text and in commands.
    `.TH AFLOAT 1 "${date}" "Afloat ${roff(version)}" "${roff(manual.section)}"`,
    '.nh',
    '.ad l',
    section(headings.name, `afloat, afloat\\-desktop \\- ${roff(manual.name)}`),
    section(headings.synopsis, `.B ${roff(general.usage)}`),
    section(headings.description, ...manual.description.map(paragraph), ...general.parts.slice(1).flatMap(textOnly)),
    section(headings.commands, ...commandNames.map((name) => command(help[name]))),
    section(
      headings.options,
      ...(options?.kind === 'terms' ? options.terms.map(({ term, text }) => item(term, text)) : []),
    ),
    section(headings.exitStatus, ...(exitCodes ? [body(exitCodes)] : [])),
    section(headings.environment, ...manual.environment.map(([name, text]) => item(name, text))),
    section(headings.files, ...manual.files.map(([name, text]) => item(name, text))),
    section(headings.examples, ...(examples ? [body(examples)] : [])),
    section(headings.seeAlso, '.BR dockerd (8),\n.BR docker (1),\n.BR systemctl (1),\n.BR journalctl (1)'),
    '',
  ].join('\n');
}

const section = (heading: string, ...parts: readonly string[]): string => [`.SH ${roff(heading)}`, ...parts].join('\n');

const textOnly = (part: HelpPart): readonly string[] => (part.kind === 'text' ? [paragraph(part.text)] : []);

function command(text: string): string {
  const { usage, parts } = readHelp(text);
  return [`.SS ${roff(usage)}`, ...parts.map((part) => withHeading(part))].join('\n');
}

const withHeading = (part: HelpPart): string =>
  part.kind === 'text' ? paragraph(part.text) : `.PP\n.I ${roff(part.heading)}\n${body(part)}`;

function body(part: HelpPart): string {
  switch (part.kind) {
    case 'text':
      return paragraph(part.text);
    case 'terms':
      return ['.RS', ...part.terms.map(({ term, text }) => item(term, text)), '.RE'].join('\n');
    case 'verbatim':
      return ['.PP', '.RS', '.nf', ...part.lines.map(roff), '.fi', '.RE'].join('\n');
  }
}

const paragraph = (text: string): string => `.PP\n${roff(text)}`;

const item = (term: string, text: string): string => `.TP\n.B ${roff(term)}\n${roff(text)}`;

/** Text as roff shows it letter by letter; a line must not look like a request. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=[.'])/, '\\&');
