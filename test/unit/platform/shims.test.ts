import { expect, test } from 'vitest';
import { shimFrom } from '../../../electron/platform/shims.ts';

const id = 'ab'.repeat(32);

test.each([
  [['containerd-shim-runc-v2', '-namespace', 'moby', '-id', id, '-address', '/run/c.sock'], '/run/c.sock'],
  [['shim', `-id=${id}`, '--namespace=moby', '-address=/run/a=b.sock'], '/run/a=b.sock'],
])('%j', (args, address) => {
  expect(shimFrom(args)).toEqual({ id, namespace: 'moby', address });
});

test.each([[['containerd-shim', 'delete']], [['shim', '-id', '../x']], [[]]])('%j holds no container', (args) => {
  expect(shimFrom(args)).toBeNull();
});
