// Makes of a change what carries it out on other hosts, in the same order and with the same proof as here.
import { valueAt, type Patch } from '../../contract/change.ts';
import type { Json } from '../../contract/json.ts';
import type { ExportForm } from '../../contract/export-form.ts';
import { effectOf, optionFor } from '../../contract/options.ts';
import { patchFileText } from '../../contract/patch-file.ts';
import program from './host-program.py?raw';

/** `version`: of the engine on those hosts, as far as it is known; null: a new one. */
export function exportChange(form: ExportForm, patch: Patch, summary: string, version: string | null): string {
  switch (form) {
    case 'patch':
      return patchFileText({ summary, edits: patch });
    case 'shell':
      return shell(hostProgram(patch, version));
    case 'ansible':
      return ansible(hostProgram(patch, version));
    case 'cloud-init':
      return cloudInit(hostProgram(patch, version));
  }
}

/** The program for a host, with this change in it. */
export function hostProgram(patch: Patch, version: string | null): string {
  const keys = [...new Set(patch.map(({ path }) => path[0] ?? ''))];
  const edits = (key: string): Patch => patch.filter(({ path }) => path[0] === key);
  const change = {
    edits: patch,
    reloads: Object.fromEntries(keys.map((key) => [key, edits(key).every((edit) => takenByReload(edit, version))])),
    dangers: keys.filter((key) => edits(key).some((edit) => endangers(edit.path))),
  };
  // Twice: once as the document, once as the text of a Python literal; nothing but ASCII in it.
  const literal = JSON.stringify(ascii(JSON.stringify(change satisfies { [key: string]: unknown })));
  return program.replace('"__CHANGE__"', () => literal);
}

function takenByReload(edit: Patch[number], version: string | null): boolean {
  const act = 'set' in edit ? 'set' : 'remove';
  const keys = 'set' in edit ? leaves(edit.path, edit.set) : [edit.path.join('.')];
  return keys.every((key) => effectOf(key, act, version) !== 'restart');
}

/** The options that a value sets: itself, or those in it. */
function leaves(path: readonly string[], value: Json): readonly string[] {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join('.');
    if (optionFor(key)) return [key];
  }
  const inner = valueAt({ value }, ['value']);
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return [path.join('.')];
  return Object.entries(inner).flatMap(([name, one]) => leaves([...path, name], one));
}

const endangers = (path: readonly string[]): boolean =>
  path.some((_, i) => {
    const risk = optionFor(path.slice(0, i + 1).join('.'))?.risk;
    return risk === 'hides' || risk === 'loses';
  });

const ascii = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const MARK = 'END_OF_PROGRAM';

const shell = (text: string): string => `#!/bin/sh
# Changes Docker's daemon.json on this host and proves it. Run as root; --check changes nothing; needs Python 3.6.
set -eu
command -v python3 >/dev/null || { echo "python3 is missing; nothing was changed" >&2; exit 1; }
exec python3 - "$@" <<'${MARK}'
${text}${MARK}
`;

const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : by + line))
    .join('\n');

const PLACE = '/run/afloat-change.py';

/** Tasks for `include_tasks` or the tasks of a play; `--check` works. */
const ansible = (
  text: string,
): string => `# Tasks that change Docker's daemon.json and prove it: for include_tasks, with become. --check changes nothing.
- name: Change Docker's daemon.json
  block:
    - name: Bring the program that does it
      ansible.builtin.copy:
        dest: ${PLACE}
        mode: "0700"
        content: !unsafe |
${indented(text, '          ')}
      check_mode: false
      changed_when: false

    - name: Change the file, reload or restart Docker, and prove it
      ansible.builtin.command:
        argv: "{{ ['python3', '${PLACE}'] + (['--check'] if ansible_check_mode else []) }}"
      register: afloat_change
      check_mode: false
      changed_when: afloat_change.rc == 0 and (afloat_change.stdout | from_json).changed
  always:
    - name: Take the program away
      ansible.builtin.file:
        path: ${PLACE}
        state: absent
      check_mode: false
      changed_when: false
`;

const cloudInit = (text: string): string => `#cloud-config
# Changes Docker's daemon.json once Docker is installed, and proves it.
write_files:
  - path: ${PLACE}
    permissions: "0700"
    content: |
${indented(text, '      ')}
runcmd:
  - [python3, ${PLACE}]
  - [rm, -f, ${PLACE}]
`;
