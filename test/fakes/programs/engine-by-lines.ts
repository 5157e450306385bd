// The engine as a process of its own, asked by lines of JSON: for tests of a daemon on another machine. Ends with its input.
import { createInterface } from 'node:readline';
import type { Change } from '../../../electron/contract/change.ts';
import type { Verb } from '../../../electron/contract/ipc.ts';
import type { Accept } from '../../../electron/contract/plan.ts';
import { createEngine } from '../../../electron/engine/engine.ts';
import { createPlatform } from '../../../electron/platform/index.ts';

/** One question; answered by a line with the same id. */
export type Asked = { readonly id: number } & (
  | { readonly call: 'settled' | 'refresh' | 'kill-mode' | 'look' | 'start-again' | 'drill' | 'history' | 'way-back' }
  | { readonly call: 'plan'; readonly change: Change }
  | { readonly call: 'apply'; readonly change: Change; readonly accept: readonly Accept[] }
  | { readonly call: 'act'; readonly verb: Verb; readonly accept: readonly Accept[] }
  | { readonly call: 'rescue'; readonly etag: string | null; readonly keep: boolean }
  | { readonly call: 'go-back'; readonly version: string; readonly accept: readonly Accept[] }
);

const tell = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const platform = createPlatform();
// With the word `watchful` it follows the daemon as the desktop program does.
const watchful = process.argv.includes('watchful');
const engine = createEngine(platform, { host: null, context: null, configFile: null, manager: null, watchful });
engine.watch((view) => tell({ view }));

async function answer(asked: Asked): Promise<unknown> {
  switch (asked.call) {
    case 'settled':
      return engine.settled();
    case 'look':
      return engine.look();
    case 'plan':
      return engine.plan(asked.change);
    case 'refresh':
      await engine.refresh();
      return null;
    case 'kill-mode': {
      const { manager } = await platform.identify(engine.get().target, { configFile: null, manager: null });
      return manager.killMode();
    }
    case 'apply': {
      const { config } = engine.get();
      return engine.apply(asked.change, { etag: 'etag' in config ? config.etag : null, accept: asked.accept });
    }
    case 'start-again':
      return engine.startAgain();
    case 'history':
      return engine.history();
    case 'way-back':
      return engine.wayBack();
    case 'go-back': {
      const { config } = engine.get();
      const { version: id, accept } = asked;
      return engine.goBack({ id, etag: 'etag' in config ? config.etag : null, accept });
    }
    case 'drill':
      return engine.drill();
    case 'rescue':
      return engine.rescue(asked);
    case 'act':
      return engine.act(asked.verb, { accept: asked.accept });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line) as Asked;
  void answer(asked).then((value) => tell({ id: asked.id, value }));
}
await engine.close();
process.exit(0);
