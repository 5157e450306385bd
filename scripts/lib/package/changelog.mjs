// Turns CHANGELOG.md into the changelog that Debian's tools read.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../checkout.mjs';

/**
 * @param {Readonly<{ version: string, date: number, maintainer: string }>} made
 * @returns {string}
 */
export function debianChangelog({ version, date, maintainer }) {
  const sections = readFileSync(join(checkout, 'CHANGELOG.md'), 'utf8').split(/^## /m).slice(1);
  const when = new Date(date * 1000).toUTCString().replace('GMT', '+0000');
  // The newest section is what this package is, whether it has its number already or not.
  const newest = sections[0] ?? '';
  const items = [...newest.matchAll(/^- (.*(?:\n {2}.*)*)/gm)].map(([, text = '']) => folded(text));
  return `afloat (${version}) unstable; urgency=medium\n\n${items.join('\n')}\n\n -- ${maintainer}  ${when}\n`;
}

/** One item in lines of at most 79 letters. @param {string} text */
function folded(text) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length > 74) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line, index) => `${index === 0 ? '  * ' : '    '}${line}`).join('\n');
}
