// Every kind of configuration file that dockerd was measured with, and what it makes of it.
import type { TextFault } from '../../electron/contract/problem.ts';

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
export const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
export const utf16le = (text: string): Uint8Array => Buffer.from(text, 'utf16le');
export const utf16be = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();

/** `starts` with the values that dockerd sees, or the fault at line:column. */
export type Answer =
  | { readonly starts: unknown }
  | { readonly fault: TextFault; readonly at: string; readonly detail?: string };

/** What 20.10 makes of it, and 23.0 and newer where they differ. */
export const textCases: readonly [name: string, bytes: Uint8Array, on20: Answer, since23?: Answer][] = [
  [
    'trailing comma in an object',
    utf8('{\n  "debug": true,\n}\n'),
    { fault: 'trailing-comma', at: '2:16', detail: ',' },
  ],
  ['trailing comma in an array', utf8('{"dns": ["1.1.1.1", ]}'), { fault: 'trailing-comma', at: '1:19' }],
  ['truncated after a value', utf8('{\n  "debug": true'), { fault: 'truncated', at: '2:16' }],
  ['truncated after a line end', utf8('{"a": 1,\r\n'), { fault: 'truncated', at: '2:1' }],
  ['truncated in a literal', utf8('{"live-restore": tru'), { fault: 'truncated', at: '1:18', detail: 'tru' }],
  ['truncated in a string', utf8('{"data-root": "/var'), { fault: 'truncated', at: '1:20' }],
  ['truncated in an escape', utf8('{"a": "\\u00'), { fault: 'truncated', at: '1:12' }],
  ['truncated in a number', utf8('{"mtu": 1e'), { fault: 'truncated', at: '1:11' }],
  ['truncated after a minus', utf8('{"mtu": -'), { fault: 'truncated', at: '1:9' }],
  [
    'garbage after the object',
    utf8('{"debug":true} x'),
    { starts: { debug: true } },
    { fault: 'trailing-text', at: '1:16' },
  ],
  ['second document', utf8('{"debug":true}\n{}'), { starts: { debug: true } }, { fault: 'trailing-text', at: '2:1' }],
  [
    'NULs after the object',
    utf8('{"debug":true}\n\0\0'),
    { starts: { debug: true } },
    { fault: 'trailing-text', at: '2:1' },
  ],
  ['comment after the object', utf8('{}\n# x'), { starts: {} }, { fault: 'comment', at: '2:1' }],
  ['no bytes', utf8(''), { fault: 'empty', at: '1:1' }, { starts: {} }],
  ['only white space', utf8(' \n\t\r\n'), { fault: 'empty', at: '3:1' }, { starts: {} }],
  ['empty object', utf8('{}'), { starts: {} }],
  ['null', utf8('null\n'), { starts: {} }],
  ['array', utf8('[]'), { fault: 'not-an-object', at: '1:1', detail: '[' }],
  ['string', utf8(' "x"'), { fault: 'not-an-object', at: '1:2' }],
  ['number', utf8('5'), { fault: 'not-an-object', at: '1:1' }],
  ['CRLF', utf8('{\r\n\t"debug": true\r\n}\r\n'), { starts: { debug: true } }],
  [
    'UTF-8 with mark',
    utf8('\ufeff{"debug":true}'),
    { fault: 'byte-order-mark', at: '1:1', detail: 'utf-8' },
    { starts: { debug: true } },
  ],
  ['mark and nothing else', utf8('\ufeff'), { fault: 'byte-order-mark', at: '1:1' }, { starts: {} }],
  [
    'two marks',
    utf8('\ufeff\ufeff{}'),
    { fault: 'byte-order-mark', at: '1:1' },
    { fault: 'syntax', at: '1:1', detail: 'U+FEFF' },
  ],
  [
    'UTF-16 LE with mark',
    utf16le('\ufeff{"debug":true}'),
    { fault: 'byte-order-mark', at: '1:1' },
    { starts: { debug: true } },
  ],
  [
    'UTF-16 BE with mark',
    utf16be('\ufeff{"debug":true}'),
    { fault: 'byte-order-mark', at: '1:1' },
    { starts: { debug: true } },
  ],
  ['UTF-16 LE without mark', utf16le('{}'), { fault: 'encoding', at: '1:2', detail: 'U+0000' }],
  ['UTF-16 BE without mark', utf16be('{}'), { fault: 'encoding', at: '1:1', detail: 'U+0000' }],
  ['NULs only', utf8('\0\0\0'), { fault: 'encoding', at: '1:1' }],
  ['NUL in a string', utf8('{"a": "b\0"}'), { fault: 'encoding', at: '1:9' }],
  [
    'UTF-16 cut in half a unit',
    Buffer.concat([utf16le('\ufeff{}'), Buffer.from([10])]),
    { fault: 'byte-order-mark', at: '1:1' },
    { fault: 'encoding', at: '1:3' },
  ],
  [
    'UTF-16 with a lone surrogate',
    utf16le('\ufeff{"a":"\ud800"}'),
    { fault: 'byte-order-mark', at: '1:1' },
    { fault: 'encoding', at: '1:7' },
  ],
  ['line comment', utf8('{ // why\n}'), { fault: 'comment', at: '1:3' }],
  ['block comment', utf8('/* why */ {}'), { fault: 'comment', at: '1:1' }],
  ['open block comment', utf8('{} /* why'), { starts: {} }, { fault: 'comment', at: '1:4' }],
  ['shell comment', utf8('{\n  # why\n  "debug": true\n}'), { fault: 'comment', at: '2:3' }],
  ['single quotes', utf8("{'debug': true}"), { fault: 'syntax', at: '1:2', detail: "'debug'" }],
  ['no-break space inside', utf8('{\u00a0"debug": true}'), { fault: 'syntax', at: '1:2', detail: 'U+00A0' }],
  ['no-break space outside', utf8('{}\u00a0\n'), { starts: {} }],
  [
    'Latin-1 byte in a string',
    latin1('{"labels": ["é"]}'),
    { fault: 'encoding', at: '1:14', detail: '0xe9, offset 13' },
  ],
  [
    'Latin-1 byte after real replacement characters',
    Buffer.concat([utf8('{"\ufffd\ufffd": "'), latin1('é"}')]),
    { fault: 'encoding', at: '1:9', detail: '0xe9, offset 12' },
  ],
  ['real replacement character', utf8('{"labels": ["\ufffd"]}'), { starts: { labels: ['\ufffd'] } }],
  ['duplicate key', utf8('{"debug":true,"debug":false}'), { starts: { debug: false } }],
  ['unknown key', utf8('{"foo-bar":1}'), { starts: { 'foo-bar': 1 } }],
  ['wrong type', utf8('{"live-restore":"true"}'), { starts: { 'live-restore': 'true' } }],
  ['null value', utf8('{"live-restore":null}'), { starts: { 'live-restore': null } }],
  ['float for an int', utf8('{"mtu":1e3}'), { starts: { mtu: 1000 } }],
  ['number that no float holds', utf8('{"mtu":1e999}'), { fault: 'syntax', at: '1:8', detail: '1e999' }],
  ['leading zero', utf8('{"mtu":01}'), { fault: 'syntax', at: '1:9' }],
  ['plus sign', utf8('{"mtu":+1}'), { fault: 'syntax', at: '1:8', detail: '+1' }],
  ['number without fraction', utf8('{"mtu":1.}'), { fault: 'syntax', at: '1:10' }],
  ['capital literal', utf8('{"debug":True}'), { fault: 'syntax', at: '1:10', detail: 'True' }],
  ['missing colon', utf8('{"debug" true}'), { fault: 'syntax', at: '1:10' }],
  ['missing comma', utf8('{\n  "a": 1\n  "b": 2\n}'), { fault: 'syntax', at: '3:3', detail: '"b"' }],
  ['missing value', utf8('{"a": }'), { fault: 'syntax', at: '1:7' }],
  ['two commas', utf8('{"a": 1,, "b": 2}'), { fault: 'syntax', at: '1:9' }],
  ['only a comma', utf8('{,}'), { fault: 'syntax', at: '1:2' }],
  ['wrong bracket', utf8('{"a": [1}'), { fault: 'syntax', at: '1:9' }],
  ['line end in a string', utf8('{"a": "b\n"}'), { fault: 'syntax', at: '1:9', detail: 'U+000A' }],
  ['tab in a string', utf8('{"a": "b\tc"}'), { fault: 'syntax', at: '1:9', detail: 'U+0009' }],
  ['wrong escape', utf8('{"a": "C:\\dir"}'), { fault: 'syntax', at: '1:10' }],
  ['wrong escape after a good one', utf8('{"a": "\\\\\\x"}'), { fault: 'syntax', at: '1:10' }],
  ['short unicode escape', utf8('{"a": "\\u12"}'), { fault: 'syntax', at: '1:8' }],
  [
    'too deep for dockerd',
    utf8(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    { fault: 'too-deep', at: '1:1005' },
  ],
];
