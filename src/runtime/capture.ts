/**
 * An instance as bytes and back: which objects of the runtime a snapshot holds, and what makes a snapshot impossible.
 */
import { UNSET } from '../frame-abi.ts';
import { decode, encode, type SnapshotContext, SnapshotError } from '../snapshot/index.ts';
import { userTypeNamed, userTypeOf } from '../user-types.ts';
import { FIRST_BUNDLE_CODE, ownFunction } from './own-functions.ts';
import type { Instance } from './instance.ts';
import { InstanceState } from './instance-state.ts';
import { CheckpointOperation, HostOperation, type Operation, TimerOperation } from './operations.ts';
import type { Job } from './owner.ts';
import {
  type DurablePromise,
  frameState,
  isDurablePromise,
  listFrame,
  PENDING,
  reactionsOf,
  stateOf,
} from './promise.ts';
import type { Realm } from './realm.ts';
import { Once, rejectFunction, resolveFunction, ThenReaction } from './reactions.ts';
import { isJob, noteSettler, RECORD_TYPES, trackSettlers } from './record-types.ts';
import { finishRestoring, malformed, restoreFor } from './restoring.ts';
import { RuntimeCode, RuntimeError } from './runtime-error.ts';
import { stampOf } from './stamp.ts';

/**
 * @throws SnapshotError for a value that no snapshot can hold, with its path.
 * @throws RuntimeError WM3004 for a branch that waits for something native.
 */
export function captureInstance(instance: Instance): Uint8Array {
  refuseVolatileWaits(instance);
  const frames = [...instance.waiting];
  const root = new InstanceState({
    captured: instance.captured,
    nextOperation: instance.pending.next,
    main: instance.main,
    replyTo: instance.replyTo,
    lists: [
      instance.jobs.toArray(),
      frames,
      [...instance.operations.values()],
      instance.unhandledPromises(),
      instance.realm.readState(),
    ],
    stateNames: instance.realm.bundle.state,
  });
  const settlers = trackSettlers();
  try {
    const bytes = encode(root, contextOf(instance.realm));
    for (const frame of frames) refuseForeignWait(frame, settlers.promises);
    return bytes;
  } finally {
    settlers.stop();
  }
}

/** Fills a fresh instance from a snapshot. Nothing runs. */
export function restoreInstance(instance: Instance, snapshot: Uint8Array): void {
  restoreFor(instance, () => {
    const root = decode(snapshot, contextOf(instance.realm));
    finishRestoring();
    if (!(root instanceof InstanceState)) throw malformed('its root');
    const [jobs, , operations, unhandled, state] = root.lists;
    if (root.main !== undefined && !isDurablePromise(root.main)) throw malformed('its main promise');
    if (root.replyTo !== undefined && typeof root.replyTo !== 'string') throw malformed('its reply subject');
    instance.captured = root.captured;
    instance.pending.next = root.nextOperation;
    instance.main = root.main;
    instance.replyTo ??= root.replyTo;
    for (const job of jobs!) {
      if (!isDurablePromise(job) && !isJob(job)) throw malformed('a job');
      instance.jobs.push(job as Job);
    }
    for (const operation of operations!) {
      if (!isOperation(operation)) throw malformed('an operation');
      instance.operations.set(operation.number, operation);
    }
    for (const promise of unhandled!) {
      if (!isDurablePromise(promise)) throw malformed('a rejected promise');
      instance.unhandled(promise);
    }
    writeState(instance.realm, state!);
  });
}

function isOperation(value: unknown): value is Operation {
  return (
    value instanceof HostOperation || value instanceof TimerOperation || value instanceof CheckpointOperation
  );
}

function writeState(realm: Realm, values: readonly unknown[]): void {
  if (values.length !== realm.bundle.state.length) throw malformed('module state');
  if (values.length > 0) realm.writeState(values);
}

const contexts = new WeakMap<Realm, SnapshotContext>();

function contextOf(realm: Realm): SnapshotContext {
  let context = contexts.get(realm);
  if (!context) contexts.set(realm, (context = makeContext(realm)));
  return context;
}

export { contextOf };

function makeContext(realm: Realm): SnapshotContext {
  return {
    codeHash: realm.bundle.hash,
    records: RECORD_TYPES,
    referenceOf: (value) => (value === UNSET ? 'waymark:UNSET' : realm.nameOf(value)),
    resolveReference(name) {
      const value = name === 'waymark:UNSET' ? UNSET : realm.named(name);
      if (value === undefined) {
        throw new SnapshotError('WM4006', `The snapshot refers to ${name}, which does not exist here.`, {
          fix: 'Install the package that exports it, in the version that the instance was started with.',
        });
      }
      return value;
    },
    closureOf(fn) {
      const made = stampOf(fn);
      if (!made) return undefined;
      if (made.owner === resolveFunction || made.owner === rejectFunction)
        noteSettler(made.cells[0], made.cells[1] as Once);
      return { code: made.owner.code, cells: made.cells };
    },
    createClosure(code, cells) {
      if (code < FIRST_BUNDLE_CODE) {
        const fn = ownFunction(code)?.restore(cells);
        if (!fn) throw malformed(`a function of the runtime (number ${code})`);
        return fn;
      }
      const fn = realm.functions[code - FIRST_BUNDLE_CODE];
      if (!fn?.make || fn.metadata.cells.length !== cells.length)
        throw malformed(`a closure (number ${code})`);
      return fn.make(...cells);
    },
    instanceTypeOf: (prototype) => realm.instanceTypes.get(prototype),
    userTypeOf,
    userTypeNamed,
  };
}

/** A branch that awaits a native promise cannot be saved, unless nothing depends on that promise any more. */
function refuseVolatileWaits(instance: Instance): void {
  for (const promise of instance.volatile) {
    const waiting = findWaiting(promise, new Set());
    if (waiting === undefined) continue;
    throw new RuntimeError(
      RuntimeCode.volatileWait,
      `${waiting} waits for a native promise, which a checkpoint cannot hold.`,
      {
        fix: 'Await it before the checkpoint, or use call(), sleep() or another durable operation.',
      },
    );
  }
}

/** Where code of the script waits for `promise`, directly or through other promises. */
function findWaiting(promise: DurablePromise, seen: Set<DurablePromise>): string | undefined {
  if (seen.has(promise)) return undefined;
  seen.add(promise);
  for (const waiting of reactionsOf(promise)) {
    if (isDurablePromise(waiting)) return placeOf(waiting);
    if (!(waiting instanceof ThenReaction)) return 'A promise';
    for (const handler of [waiting.onFulfilled, waiting.onRejected]) {
      if (handler !== undefined && !isSpent(handler)) return 'A callback given to then()';
    }
    if (isDurablePromise(waiting.capability)) {
      const found = findWaiting(waiting.capability, seen);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A resolving function of a promise that is settled already, as the losers of Promise.race have. */
function isSpent(handler: unknown): boolean {
  const made = stampOf(handler as object);
  if (!made || (made.owner !== resolveFunction && made.owner !== rejectFunction)) return false;
  return (made.cells[1] as Once).done;
}

function placeOf(frame: DurablePromise): string {
  const state = frameState(frame)!;
  return `${state.fn.place(state.at)} ${state.fn.metadata.name}()`;
}

/** A frame that waits for a promise which nothing in the snapshot can settle. */
function refuseForeignWait(frame: DurablePromise, settlers: ReadonlySet<unknown>): void {
  const awaited = frameState(frame)?.awaiting;
  if (!awaited || stateOf(awaited) !== PENDING || frameState(awaited) || settlers.has(awaited)) return;
  throw new RuntimeError(
    RuntimeCode.volatileWait,
    `${placeOf(frame)} waits for a promise that only native code can settle, which a checkpoint cannot hold.`,
    {
      fix: 'Keep its resolve function in a variable of the script, or await it before the checkpoint.',
    },
  );
}
