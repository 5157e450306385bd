// The page's own scheme: a table of files, and nothing that a path could lead to.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { answerFor, readFileTable } from '../../../electron/app/protocol.ts';

const root = mkdtempSync(join(tmpdir(), 'afloat-table-'));
const page = join(root, 'page');
mkdirSync(join(page, 'assets'), { recursive: true });
writeFileSync(join(page, 'index.html'), '<h1>page</h1>');
writeFileSync(join(page, 'assets', 'a.js'), 'let a;');
writeFileSync(join(page, 'assets', 'a.js.map'), '{}');
writeFileSync(join(root, 'secret.js'), 'secret');
const table = readFileTable(page);
afterAll(() => rmSync(root, { recursive: true }));

describe('the file table', () => {
  test('holds what a page needs and nothing else', () => {
    expect([...table.keys()].sort()).toEqual(['/assets/a.js', '/index.html']);
  });

  test.each([
    ['app://afloat/', 'text/html', '<h1>page</h1>'],
    ['app://afloat/index.html#status', 'text/html', '<h1>page</h1>'],
    ['app://afloat/assets/a.js?v=1', 'text/javascript', 'let a;'],
  ])('%s is answered', (address, type, text) => {
    const answer = answerFor(table, address, 'GET');
    expect(answer).toMatchObject({ status: 200, type });
    expect(answer.bytes.toString()).toBe(text);
  });

  test.each([
    'app://afloat/../secret.js',
    'app://afloat/assets/../../secret.js',
    'app://afloat/..%2fsecret.js',
    'app://afloat/%2e%2e/secret.js',
    'app://afloat//etc/passwd',
    'app://afloat/assets',
    'app://afloat/assets/a.js/',
    'app://afloat/ASSETS/a.js',
    'app://afloat/__proto__',
    'app://elsewhere/index.html',
    'app://afloat.example.org/index.html',
    'app://afloat:81/index.html',
    'app://user@elsewhere/index.html',
    'file:///etc/passwd',
    'https://afloat/index.html',
    'nonsense',
  ])('%s is not there', (address) => {
    expect(answerFor(table, address, 'GET')).toMatchObject({ status: 404, bytes: Buffer.alloc(0) });
  });

  test('only reading is answered', () => {
    expect(answerFor(table, 'app://afloat/', 'POST').status).toBe(404);
  });

  test('every answer carries the policy', () => {
    for (const address of ['app://afloat/', 'app://afloat/none']) {
      const { headers } = answerFor(table, address, 'GET');
      expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(headers['Content-Security-Policy']).toContain("connect-src 'none'");
      expect(headers['Content-Security-Policy']).toContain("frame-ancestors 'none'");
      expect(headers['Content-Security-Policy']).not.toMatch(/unsafe|\*|https?:|data:/);
      expect(headers['X-Content-Type-Options']).toBe('nosniff');
    }
  });
});
