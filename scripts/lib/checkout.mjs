// Where this checkout is, and what its package.json pins.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @type {{ version: string, devDependencies: Record<string, string> }} */
export const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
