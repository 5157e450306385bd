// What the snapshot tells of a configuration file, by the bytes that stand in it.
import { describe, expect, test } from 'vitest';
import type { ConfigFileOnDisk } from '../../../electron/engine/config-file.ts';
import { readConfigState } from '../../../electron/engine/config-state.ts';

const read = async (bytes: Uint8Array) => {
  const file: Pick<ConfigFileOnDisk, 'path' | 'read' | 'writable'> = {
    path: '/f',
    read: () => Promise.resolve({ state: 'read', etag: 'e', bytes, realPath: '/f' }),
    writable: () => Promise.resolve({ ok: true }),
  };
  return (await readConfigState(file, '28.5.2')).config;
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the text that one click would put in the place of one that cannot be read', () => {
  test.each([
    ['a comma too many', '{\n\t"debug": true,\n}\n', '{\n\t"debug": true\n}\n'],
    ['comments', '{ // mine\n"debug": true /* yes */\n}\n', '{ \n"debug": true \n}\n'],
    ['nothing but a comment', '// {}\n', '{}\n'],
  ])('%s', async (_what, text, repaired) => {
    expect(await read(utf8(text))).toMatchObject({ state: 'unreadable', text, repaired });
  });

  test.each([
    ['a bracket that is missing', utf8('{ "debug": true')],
    ['a word that is none', utf8('{ "debug": yes }')],
    ['bytes that are no UTF-8', new Uint8Array([...utf8('{"a": "'), 0xff, ...utf8('",}')])],
  ])('none where that would be a guess: %s', async (_what, bytes) => {
    const config = await read(bytes);
    expect(config.state).toBe('unreadable');
    expect('repaired' in config).toBe(false);
  });
});
