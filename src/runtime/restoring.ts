/** The instance that a snapshot is being decoded for, and checks of what the snapshot says about promises. */
import { SnapshotError } from '../snapshot/index.ts';
import type { FunctionRecord } from './function-record.ts';
import { enterTurn, type Owner } from './owner.ts';
import { isDurablePromise, type Reaction, type Waiting } from './promise.ts';
import { ALL_SAVED } from './promise-flags.ts';
import type { PromiseCheck } from './promise-snapshot.ts';
import type { Realm } from './realm.ts';

let owner: Owner | undefined;
let pending: (() => void)[] = [];

/** Does `action` when all objects of the snapshot are complete. */
export function whenRestored(action: () => void): void {
  pending.push(action);
}

export function finishRestoring(): void {
  const actions = pending;
  pending = [];
  for (const action of actions) action();
}

export function restoringOwner(): Owner {
  if (!owner) throw new SnapshotError('WM4005', 'Snapshot is malformed: a promise outside of an instance.');
  return owner;
}

/** Runs `body` while objects are restored for `target`. */
export function restoreFor<T>(target: Owner, body: () => T): T {
  const before = owner;
  owner = target;
  pending = [];
  // Closures belong to whoever's turn it is when they are made.
  const turnBefore = enterTurn(target.context);
  try {
    return body();
  } finally {
    enterTurn(turnBefore);
    owner = before;
    pending = [];
  }
}

export function malformed(what: string): SnapshotError {
  return new SnapshotError('WM4005', `Snapshot is malformed: ${what}.`, {
    fix: 'The bytes were changed or written by something else. Restore this instance from a replica, or purge it.',
  });
}

const isWaiting = (value: unknown): value is Waiting =>
  isDurablePromise(value) ||
  (typeof value === 'object' && value !== null && typeof (value as Reaction).trigger === 'function');

export function promiseCheck(realm: Realm): PromiseCheck {
  return {
    flags(value) {
      if (
        !Number.isInteger(value) ||
        (value as number) < 0 ||
        (value as number) > ALL_SAVED ||
        ((value as number) & 3) === 3
      )
        throw malformed('promise flags');
      return value as number;
    },
    reactions(value) {
      if (isWaiting(value)) return value;
      if (Array.isArray(value) && value.every(isWaiting)) return value;
      throw malformed('reactions of a promise');
    },
    promise(value) {
      if (!isDurablePromise(value)) throw malformed('an awaited promise');
      return value;
    },
    fn: (id, at, slots) => frameFunction(realm, id, at, slots),
  };
}

/**
 * The function `id` of the realm, checked to have a point `at`. `slots`: how many there must be; -1 for any.
 */
export function functionOf(realm: Realm, id: unknown, at: unknown, slots: number): FunctionRecord {
  const fn = typeof id === 'number' ? realm.functions[id] : undefined;
  const point = fn && typeof at === 'number' ? fn.metadata.points[at] : undefined;
  if (!fn?.resume || !point || (slots >= 0 && point.slots.length !== slots)) throw malformed('a frame');
  return fn;
}

function frameFunction(realm: Realm, id: unknown, at: unknown, slots: number): FunctionRecord {
  if (at === 0) throw malformed('a frame');
  return functionOf(realm, id, at, slots);
}
