/**
 * An instance as bytes and back: which objects of the runtime a snapshot holds, and what makes a snapshot impossible.
 */
import { UNSET } from '../frame-abi.ts';
import { types } from 'node:util';
import { decode, encode, type Part, type SnapshotContext, SnapshotError } from '../snapshot/index.ts';
import { userTypeNamed, userTypeOf } from '../user-types.ts';
import { instanceTypeOf, privateMethod } from './durable-class.ts';
import { makeClassAgain } from './made-class.ts';
import { FIRST_BUNDLE_CODE, ownFunction } from './own-functions.ts';
import { generatorFunctionState } from './generator-functions.ts';
import { generatorRecord } from './generator-records.ts';
import { adoptOnceWrapper } from './event-emitters.ts';
import { FINALIZATION_REGISTRY_TYPE } from './finalization.ts';
import type { Instance } from './instance.ts';
import { InstanceState } from './instance-state.ts';
import { CheckpointOperation, HostOperation, type Operation, TimerOperation } from './operations.ts';
import type { Job } from './owner.ts';
import { isOwn } from './promise-snapshot.ts';
import { isDurablePromise, listFrame, type DurablePromise, ownerOf, PENDING, stateOf } from './promise.ts';
import { type Collection, ELEMENT_FUNCTIONS } from './promise-combinators.ts';
import { PROXY_TYPE } from './proxies.ts';
import type { Realm } from './realm.ts';
import { type Once, rejectFunction, resolveFunction } from './reactions.ts';
import { isJob, RECORD_TYPES } from './record-types.ts';
import { finishRestoring, malformed, restoreFor } from './restoring.ts';
import { noteElement, noteSettler, withSettlers } from './settlers.ts';
import { findRegisteredPart, freshState, registeredPart } from './parts.ts';
import { WEAK_REF_TYPE } from './weak-reference.ts';
import { stampOf, type StampOwner } from './stamp.ts';
import {
  refuseForeignWaits,
  refuseHeld,
  refuseNativeJobs,
  refuseNativeCallbacks,
  refuseUnsettled,
} from './refused-waits.ts';

/**
 * @throws SnapshotError for a value that no snapshot can hold, with its path.
 * @throws RuntimeError WM3004 for a branch that waits for something native.
 */
export function captureInstance(instance: Instance): Uint8Array {
  instance.volatile.refuse();
  const frames = instance.waitingFrames();
  const jobs = instance.jobs.toArray().filter(isOwn);
  const isKnown = (fn: unknown): boolean =>
    typeof fn !== 'function' || stampOf(fn) !== undefined || instance.realm.nameOf(fn) !== undefined;
  refuseNativeJobs(jobs, isKnown);
  const root = new InstanceState({
    attempt: instance.attempt,
    captured: instance.checkpoints.captured,
    nextOperation: instance.pending.next,
    main: instance.main,
    replyTo: instance.replyTo,
    lists: [
      jobs,
      frames,
      instance.operations.values(),
      instance.unhandledPromises(),
      instance.realm.readState(),
    ],
    stateNames: instance.realm.bundle.state,
  });
  const followers = instance.volatile.pending();
  const isOutside = (promise: DurablePromise): boolean =>
    stateOf(promise) === PENDING && (ownerOf(promise) !== instance || followers.has(promise));
  const { result, settlers } = withSettlers(
    isOutside,
    (promise) => refuseNativeCallbacks(promise, isKnown),
    () => encode(root, contextOf(instance.realm)),
  );
  refuseForeignWaits(frames, settlers);
  refuseHeld(frames, settlers);
  refuseUnsettled(frames, jobs, instance.watched.pending(), settlers);
  return result;
}

/** How a snapshot of other code is read. */
export interface SnapshotReading {
  readonly context: SnapshotContext;
  /** The module-level variables of the instance's realm, from those of the snapshot. */
  readonly state: (saved: readonly unknown[]) => readonly unknown[];
}

/** Fills a fresh instance from a snapshot. Nothing runs. `reading`: if the snapshot is one of other code. */
export function restoreInstance(instance: Instance, snapshot: Uint8Array, reading?: SnapshotReading): void {
  restoreFor(instance, () => {
    const root = decode(snapshot, reading?.context ?? contextOf(instance.realm));
    finishRestoring();
    if (!(root instanceof InstanceState)) throw malformed('its root');
    const [jobs, frames, operations, unhandled, state] = root.lists;
    if (root.main !== undefined && !isDurablePromise(root.main)) throw malformed('its main promise');
    if (root.replyTo !== undefined && typeof root.replyTo !== 'string') throw malformed('its reply subject');
    if (instance.attempt === 0) instance.attempt = root.attempt + 1;
    instance.checkpoints.captured = root.captured;
    instance.pending.next = root.nextOperation;
    instance.main = root.main;
    instance.replyTo ??= root.replyTo;
    for (const job of jobs!) {
      if (!isDurablePromise(job) && !isJob(job)) throw malformed('a job');
      instance.jobs.push(job as Job);
    }
    for (const frame of frames!) {
      if (!isDurablePromise(frame) || !listFrame(frame)) throw malformed('a waiting frame');
    }
    for (const operation of operations!) {
      if (!isOperation(operation)) throw malformed('an operation');
      instance.operations.set(operation.number, operation);
    }
    for (const promise of unhandled!) {
      if (!isDurablePromise(promise)) throw malformed('a rejected promise');
      instance.unhandled(promise);
    }
    writeState(instance.realm, reading === undefined ? state! : reading.state(state!));
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

const HOST_TYPES = [WEAK_REF_TYPE, FINALIZATION_REGISTRY_TYPE];
const contexts = new WeakMap<Realm, SnapshotContext>();

function contextOf(realm: Realm): SnapshotContext {
  let context = contexts.get(realm);
  if (!context) contexts.set(realm, (context = makeContext(realm)));
  return context;
}

export { contextOf };

/** A function of the runtime that settles something when it is called. */
function noteWhatItSettles(owner: StampOwner, cells: readonly unknown[]): void {
  if (owner === resolveFunction || owner === rejectFunction) {
    if (!(cells[1] as Once).done) noteSettler(cells[0]);
  } else if (ELEMENT_FUNCTIONS.has(owner) && !(cells[2] as Once).done) {
    noteElement(cells[0] as object, cells[2] as object);
    noteSettler((cells[0] as Collection).capability);
  }
}

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
      const made = stampOf(fn) ?? (adoptOnceWrapper(fn as Function) ? stampOf(fn) : undefined);
      if (!made) return undefined;
      noteWhatItSettles(made.owner, made.cells);
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
      return fn.metadata.kind === 'class' ? makeClassAgain(fn, cells) : fn.make(...cells);
    },
    partOf: (object) => registeredPart(object) ?? prototypeOfSingleton(realm, object),
    findPart: (owner, name) =>
      findRegisteredPart(owner, name) ??
      singletonPart(realm, owner, name) ??
      privateMethod(realm, owner, name),
    freshOf: (object) => freshState(object) ?? generatorFunctionState(object),
    recordOf: generatorRecord,
    instanceTypeOf: (prototype) => instanceTypeOf(realm, prototype),
    userTypeOf,
    userTypeNamed,
    hostTypes: HOST_TYPES,
    proxyType: PROXY_TYPE,
    knownObjects: () => realm.known(),
  };
}

/** The prototype object of a function that exists once per realm: nobody needs to know it before it is used. */
function prototypeOfSingleton(realm: Realm, object: object): Part | undefined {
  const owner: unknown = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
  if (typeof owner !== 'function' || singletonPart(realm, owner, 'prototype') !== object) return undefined;
  return { owner, name: 'prototype' };
}

function singletonPart(realm: Realm, owner: object, name: string): object | undefined {
  if (name !== 'prototype' || types.isProxy(owner) || !realm.nameOf(owner)?.startsWith('fn:'))
    return undefined;
  const part: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
  return typeof part === 'object' && part !== null ? part : undefined;
}
