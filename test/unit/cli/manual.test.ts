// What stands beside the command line in a package: it says what the help says, in the form that man and shells read.
import { describe, expect, test } from 'vitest';
import { commandTree } from '../../../electron/cli/manual/command-tree.ts';
import { bashCompletions, fishCompletions, zshCompletions } from '../../../electron/cli/manual/completions.ts';
import { readHelp } from '../../../electron/cli/manual/help-text.ts';
import { manPage } from '../../../electron/cli/manual/man-page.ts';
import { allOptions, commandNames } from '../../../electron/cli/grammar.ts';
import { exportForms } from '../../../electron/contract/export-form.ts';
import { languages, messagesIn } from '../../../electron/contract/messages/index.ts';
import { presetNames } from '../../../electron/contract/preset.ts';

const messages = messagesIn('en');
const tree = commandTree(messages);

describe('the help, read back', () => {
  test('is usage, texts, terms and examples', () => {
    expect(readHelp(messages.cli.help.check)).toEqual({
      usage: 'afloat check [FILE|-] [--engine VERSION] [--flags "..."] [--fix] [OPTIONS]',
      parts: [
        {
          kind: 'text',
          text: expect.stringMatching(
            /^Would the daemon start with .* needed for a FILE, and nothing is written without --fix\.$/,
          ) as string,
        },
        {
          kind: 'terms',
          heading: 'Options',
          terms: [
            { term: '--engine VERSION', text: "For this version instead of the daemon's own, such as 28.5" },
            { term: '--flags "..."', text: 'With these arguments of dockerd instead of its own' },
            { term: '--fix', text: expect.stringMatching(/^Puts right .* on standard output$/) as string },
            { term: '--yes', text: 'Does not ask. Dangers still need --accept' },
            { term: '--accept RISK', text: 'Takes a danger knowingly, as for `afloat apply`' },
          ],
        },
        { kind: 'text', text: 'Exits with 0 if it starts, 1 if it refuses.' },
        { kind: 'verbatim', heading: 'Examples', lines: expect.arrayContaining(['afloat check']) as string[] },
      ],
    });
  });

  test('has its lines of Japanese joined without a space, but with one beside Latin', () => {
    const help = `使い方: afloat status [FILE]
        [OPTIONS]

デーモンの
状態です。
Afloat は
daemon.json を
読み取ります。

オプション：
  --yes               確認
                      しない。
                      JSON では
                      Docker に
`;
    expect(readHelp(help)).toEqual({
      usage: 'afloat status [FILE] [OPTIONS]',
      parts: [
        { kind: 'text', text: 'デーモンの状態です。Afloat は daemon.json を読み取ります。' },
        { kind: 'terms', heading: 'オプション', terms: [{ term: '--yes', text: '確認しない。JSON では Docker に' }] },
      ],
    });
  });

  test('tells of every command and of every option what it means', () => {
    expect(tree.commands.map(({ name }) => name)).toEqual(commandNames);
    const told = [...tree.global, ...tree.commands.flatMap(({ options }) => options)];
    expect(new Set(told.map(({ name }) => name))).toEqual(new Set(allOptions));
    expect([...tree.commands, ...told].filter(({ about }) => about === '')).toEqual([]);
  });
});

test.each(languages)('the man page in %s has every command and option, and no request by chance', (language) => {
  const page = manPage(messagesIn(language), '0.1.0~dev', '2026-11-25');
  expect(page).toMatch(/^\.TH AFLOAT 1 "2026-11-25" "Afloat 0\.1\.0~dev" "Afloat"\n/);
  for (const name of commandNames) expect(page).toContain(`\n.SS afloat ${name}`);
  for (const option of allOptions) expect(page).toContain(option.replaceAll('-', String.raw`\-`));
  const requests = page.split('\n').flatMap((line) => /^[.'](\S*)/.exec(line)?.[1] ?? []);
  expect(new Set(requests)).toEqual(new Set('TH nh ad SH B BR PP I SS RS RE TP nf fi'.split(' ')));
});

test('every shell is given every word', () => {
  const keys = ['live-restore', 'log-opts.max-size'];
  for (const text of [bashCompletions, zshCompletions, fishCompletions].map((make) => make(tree, keys))) {
    for (const word of [...commandNames, ...allOptions.map((name) => name.slice(2)), ...keys, 'start-fails'])
      expect(text).toContain(word);
  }
});

test('fish offers what stands behind a command', () => {
  const lines = fishCompletions(tree, ['debug', 'mtu']).split('\n');
  const behind = (command: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`complete -c afloat -n '__fish_seen_subcommand_from ${command}' -a `));
  for (const [command, words] of [
    ['export', exportForms],
    ['preset', presetNames],
    ['options', ['debug', 'mtu']],
    ['plan', ['debug=', 'mtu=']],
  ] as const)
    expect(behind(command)).toEqual([expect.stringContaining(`-a '${words.join(' ')}'`)]);
  expect(behind('status')).toEqual([]);
});
