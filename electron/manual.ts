// Writes what stands beside the command line in a package: completions and man pages. Run when a package is made.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandTree } from './cli/manual/command-tree.ts';
import { bashCompletions, fishCompletions, zshCompletions } from './cli/manual/completions.ts';
import { manPage } from './cli/manual/man-page.ts';
import { languages, messagesIn } from './contract/messages/index.ts';
import { options } from './contract/options.ts';

const [output, version, date] = process.argv.slice(2);
if (output === undefined || version === undefined || date === undefined) throw new Error('manual FOLDER VERSION DATE');

function write(name: string, text: string): void {
  const path = join(String(output), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const tree = commandTree(messagesIn('en'));
const keys = options.filter(({ settableInFile }) => settableInFile).map(({ key }) => key);
write('bash-completion/completions/afloat', bashCompletions(tree, keys));
write('zsh/vendor-completions/_afloat', zshCompletions(tree, keys));
write('fish/vendor_completions.d/afloat.fish', fishCompletions(tree, keys));
for (const language of languages) {
  const folder = language === 'en' ? 'man/man1' : `man/${language}/man1`;
  write(`${folder}/afloat.1`, manPage(messagesIn(language), version, date));
}
