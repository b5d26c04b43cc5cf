/** An instance of one version of a script, moved to another and run to its end there. */
import { compileSource } from '../../../src/compiler/index.ts';
import type { Host, Outcome } from '../../../src/runtime/host.ts';
import { Instance } from '../../../src/runtime/instance.ts';
import { moveSnapshot } from '../../../src/runtime/moving/move-snapshot.ts';
import { turn } from '../one-instance.ts';
import { importModules, loadRealm, type Realm } from '../../../src/runtime/realm.ts';

/** Modules that scripts import by their own names. */
const NATIVE = new Map<string, object>([
  ['native', { double: (n: number) => 2 * n, half: (n: number) => n / 2 }],
]);

async function realmOf(source: string): Promise<() => Realm> {
  const bundle = compileSource(source, '/scripts/script.ts');
  const modules = await importModules(bundle, import.meta.url, NATIVE);
  return () => loadRealm(bundle, modules);
}

interface Run {
  readonly instance: Instance;
  readonly outcome: Promise<Outcome>;
  readonly snapshots: Uint8Array[];
}

function hostFor(ended: (outcome: Outcome) => void, snapshots: Uint8Array[], hold: boolean): Host {
  return {
    now: () => 0,
    arm: (instance, number, request) => {
      const answer = request.kind === 'call' ? JSON.parse(new TextDecoder().decode(request.data)) : undefined;
      queueMicrotask(() => instance.settle(number, { ok: true, value: answer }));
    },
    disarm() {},
    save: (_instance, _sequence, snapshot) => {
      snapshots.push(snapshot);
      return hold ? new Promise<never>(() => {}) : Promise.resolve();
    },
    ended: (_instance, outcome) => ended(outcome),
  };
}

function run(make: (host: Host) => Instance, hold: boolean): Run {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const snapshots: Uint8Array[] = [];
  const instance = make(hostFor(resolve, snapshots, hold));
  return { instance, outcome: promise, snapshots };
}

const init = (realm: Realm, host: Host) => ({ id: 'i', script: 'script', realm, host, createdAt: 0 });

/** Runs `from` to its first checkpoint, moves it to `to`; gives the result there, or what was refused. */
export async function move(
  from: string,
  to: string,
  input?: unknown,
): Promise<{ result: unknown; dropped: readonly string[] } | { refused: string[] }> {
  const oldRealm = await realmOf(from);
  const first = run((host) => new Instance(init(oldRealm(), host)), true);
  first.instance.start(input);
  while (first.snapshots.length === 0) {
    const ended = await Promise.race([first.outcome, turn()]);
    if (ended) throw new Error(`ended before its checkpoint: ${JSON.stringify(ended)}`);
  }
  const newRealm = await realmOf(to);
  const moved = moveSnapshot(first.snapshots[0]!, oldRealm(), newRealm);
  if ('refusals' in moved)
    return { refused: moved.refusals.map(({ what, place, reason }) => `${place ?? '-'} ${what}: ${reason}`) };
  const second = run((host) => Instance.restore(moved.snapshot, init(newRealm(), host)), false);
  second.instance.resume();
  const outcome = await second.outcome;
  if (outcome.status === 'failed') throw outcome.error;
  return { result: outcome.value, dropped: moved.dropped };
}
