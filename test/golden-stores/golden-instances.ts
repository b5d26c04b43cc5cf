/** The instances that a golden store holds, and the services that their scripts call. */
import type { Message, Transport } from '../../src/transport/transport.ts';

export interface GoldenInstance {
  readonly script: string;
  readonly requestId: string;
  /** While it is in flight in the store. */
  readonly input: unknown;
  /** With which it runs to its end without a stop, to find out the result; like `input` unless times matter. */
  readonly straightInput?: unknown;
  /** Fails in its first life and is retried in the next. */
  readonly fails?: true;
}

const HOUR = 3_600_000;

export const GOLDEN_INSTANCES: readonly GoldenInstance[] = [
  { script: 'nested-frames', requestId: 'n1', input: { names: ['a', 'c', 'skip', 'b'] } },
  { script: 'nested-frames', requestId: 'n2', input: { names: ['c', 'a'] } },
  { script: 'closures', requestId: 'c1', input: { start: 5 } },
  { script: 'classes', requestId: 'k1', input: { owners: ['ann', 'bob'] } },
  { script: 'data', requestId: 'd1', input: null },
  { script: 'iterations', requestId: 'i1', input: null },
  { script: 'timers', requestId: 't1', input: { nap: HOUR }, straightInput: { nap: 20 } },
  { script: 'calls', requestId: 'p1', input: { names: ['x', 'y'] } },
  { script: 'module-state', requestId: 'm1', input: null },
  { script: 'branches', requestId: 'b1', input: null },
  { script: 'errors', requestId: 'e1', input: null },
  { script: 'generators', requestId: 'g1', input: null },
  { script: 'local-classes', requestId: 'l1', input: null },
  { script: 'lazy-iterators', requestId: 'z1', input: null },
  { script: 'platform', requestId: 'o1', input: { patience: HOUR } },
  { script: 'failing', requestId: 'f1', input: { order: 'f1' }, fails: true },
];

/** What `expected.json` of a golden store says of each. */
export interface Expected {
  readonly script: string;
  readonly requestId: string;
  readonly fails: boolean;
  readonly result: unknown;
}

export type Life = 'straight' | 'first' | 'next';

/** Services of one life of the node: in the first one nobody answers `hold`. @returns who has called `hold`. */
export async function answer(transport: Transport, life: Life): Promise<string[]> {
  const holding: string[] = [];
  const serve = async (subject: string, reply: (data: unknown) => unknown): Promise<void> => {
    await transport.subscribe(subject, { queue: subject }, (message: Message) => {
      const value = reply(JSON.parse(new TextDecoder().decode(message.data)));
      if (value === undefined || message.replyTo === undefined) return;
      void transport.publish(message.replyTo, new TextEncoder().encode(JSON.stringify(value)));
    });
  };
  await serve('hold', (name) => {
    holding.push(name as string);
    return life === 'first' ? undefined : 'held';
  });
  await serve('echo', (text) => `${String(text)}!`);
  await serve('fail', () => life === 'first');
  return holding;
}
