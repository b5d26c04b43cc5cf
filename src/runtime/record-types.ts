/** Objects of the runtime in snapshots. Tags and the order of fields belong to the format: never change, only append. */
import type { RecordType } from '../snapshot/index.ts';
import { AsyncRequest, ReturnReaction } from './async-generator.ts';
import { AsyncFromSyncIterator, AsyncIteration } from './async-iteration.ts';
import { Box } from './box.ts';
import { AsyncDelegation, Delegation } from './delegation.ts';
import { ResourceStack } from './disposal.ts';
import { GENERATOR_TYPES, label } from './generator-records.ts';
import { ArrayIteration, CollectionIteration, StringIteration } from './iteration.ts';
import { KeyIteration } from './key-iteration.ts';
import { DISPOSAL_RECORDS } from './disposal-records.ts';
import { DisposalReaction } from './disposable-stack.ts';
import { ITERATOR_RECORDS, LIVE_RECORDS } from './iterator-records.ts';
import { ProtocolIteration } from './iterator-protocol.ts';
import { CheckpointOperation, HostOperation, TimerHandle, TimerOperation } from './operations.ts';
import { CheckpointJob, TimerJob } from './operation-jobs.ts';
import { Collection, ElementReaction, type Kind } from './promise-combinators.ts';
import { DurablePromise, frameState, makePromise } from './promise.ts';
import { readPromise, writePromise } from './promise-snapshot.ts';
import { CallbackJob, Capability, Once, SettleJob, ThenableJob, ThenReaction } from './reactions.ts';
import { Statics } from './made-class.ts';
import { noteElement, notePromise, noteSettler } from './settlers.ts';
import { malformed, promiseCheck, restoringOwner, whenRestored } from './restoring.ts';
import { InstanceState } from './instance-state.ts';
import type { Instance } from './instance.ts';

/**
 * A record whose fields are the named properties. `settles`: the property that holds a promise which it will settle. `required`: how many the
 * first version had.
 */
function record<T extends object>(
  tag: number,
  Class: new (...args: any[]) => T,
  fields: readonly (keyof T & string)[],
  settles?: keyof T,
  required = fields.length,
): RecordType<T> {
  const prototype = Class.prototype as object;
  return {
    tag,
    name: Class.name,
    prototype,
    read(value) {
      if (settles !== undefined) noteSettler(value[settles]);
      return fields.map((field) => value[field]);
    },
    create: () => (required < fields.length ? new Class() : (Object.create(prototype) as T)),
    write(value, given) {
      if (given.length < required) throw malformed(`a ${Class.name}`);
      fields.forEach((field, index) => {
        value[field] = given[index] as T[typeof field];
      });
    },
  };
}

const promiseType: RecordType<DurablePromise> = {
  tag: 1,
  name: 'Promise',
  prototype: DurablePromise.prototype,
  read(promise) {
    notePromise(promise);
    return readPromise(promise);
  },
  create: () => makePromise(restoringOwner()),
  write: (promise, fields) =>
    writePromise(promise, fields, promiseCheck((restoringOwner() as Instance).realm)),
  label(promise, index) {
    const state = frameState(promise);
    if (!state) return undefined;
    const slot = index - (readPromise(promise).length - state.slots.length);
    return label(state.fn, state.at, slot);
  },
};
const collectionIteration: RecordType<CollectionIteration> = {
  tag: 14,
  name: 'CollectionIteration',
  prototype: CollectionIteration.prototype,
  read: (value) => [value.collection, value.collection === undefined ? 0 : value.position(), value.value],
  create: () => new CollectionIteration(new Map()),
  write(value, [collection, passed, current]) {
    if (collection !== undefined && !(collection instanceof Map) && !(collection instanceof Set))
      throw malformed('an iteration');
    value.collection = collection;
    value.value = current;
    if (collection === undefined) return;
    if (typeof passed !== 'number') throw malformed('an iteration');
    value.restoreAt(passed);
    whenRestored(() => value.settle());
  },
};

const plainOperation = record(17, HostOperation, ['number', 'request', 'promise'], 'promise');
const hostOperation: RecordType<HostOperation> = {
  ...plainOperation,
  read(operation) {
    noteSettler(operation.promise);
    return [operation.number, withOwnBytes(operation.request), operation.promise];
  },
};

/** A payload mostly is a view of Node's pool of buffers: saved is a copy, or all of the pool would be. */
function withOwnBytes(request: HostOperation['request']): HostOperation['request'] {
  if (request === undefined || request.kind === 'sleep' || !Buffer.isBuffer(request.data)) return request;
  return { ...request, data: new Uint8Array(request.data) };
}

const KINDS: readonly unknown[] = ['all', 'allSettled', 'any', 'race'] satisfies Kind[];

const elementReaction: RecordType<ElementReaction> = {
  tag: 60,
  name: 'ElementReaction',
  prototype: ElementReaction.prototype,
  read(value) {
    const { collection } = value;
    if (collection.once?.done !== true) noteSettler(collection.capability);
    // Of a race any element will do.
    if (value.kind !== 'race') noteElement(collection, value);
    return [collection, KINDS.indexOf(value.kind), value.index, value.value, value.rejected];
  },
  create: () => new ElementReaction(new Collection(), 'all', 0),
  write(value, [collection, kind, index, got, rejected]) {
    const isRight = collection instanceof Collection && typeof kind === 'number' && KINDS[kind] !== undefined;
    if (!isRight || !Number.isInteger(index)) throw malformed('an element of Promise.all');
    Object.assign(value, { collection, kind: KINDS[kind], index, value: got, rejected });
  },
};

const timerHandle: RecordType<TimerHandle> = {
  tag: 20,
  name: 'Timeout',
  prototype: TimerHandle.prototype,
  read: (value) => [value.number],
  create: () => new TimerHandle(0),
  write(value, [number]) {
    if (typeof number !== 'number') throw malformed('a timer');
    (value as { number: number }).number = number;
  },
};

const statics: RecordType<Statics> = {
  tag: 80,
  name: 'Statics',
  prototype: Statics.prototype,
  read: (value) => value.read(),
  create: () => new Statics(),
  write: (value, fields) => value.write(fields),
};

const instanceState: RecordType<InstanceState> = {
  tag: 25,
  name: 'InstanceState',
  prototype: InstanceState.prototype,
  read: (state) => state.read(),
  create: () => new InstanceState(),
  write: (state, fields) => state.write(fields),
  label: (state, index) => state.label(index),
};

/** In the order of their tags. */
export const RECORD_TYPES: readonly RecordType[] = [
  promiseType,
  record(2, Box, ['v']),
  record(3, ThenReaction, ['capability', 'onFulfilled', 'onRejected', 'value', 'rejected'], 'capability'),
  record(4, Capability, ['promise', 'resolve', 'reject']),
  record(5, Once, ['done']),
  record(6, Collection, ['values', 'remaining', 'capability', 'once'], undefined, 3),
  record(7, ThenableJob, ['promise', 'thenable', 'thenFunction'], 'promise'),
  record(8, SettleJob, ['promise', 'value', 'rejected'], 'promise'),
  record(9, CallbackJob, ['callback', 'args']),
  record(10, CheckpointJob, ['operation', 'recovers']),
  record(11, ArrayIteration, ['array', 'index', 'value']),
  record(12, StringIteration, ['text', 'index', 'value']),
  record(13, KeyIteration, ['object', 'keys', 'index', 'value']),
  collectionIteration,
  record(15, ProtocolIteration, ['iterator', 'advance', 'value', 'done']),
  record(16, ResourceStack, ['resources', 'failed', 'error', 'needsAwait', 'hasAwaited']),
  hostOperation,
  record(18, TimerOperation, ['number', 'callback', 'args', 'due', 'interval']),
  record(19, CheckpointOperation, ['number', 'commit', 'recover', 'promise'], 'promise'),
  timerHandle,
  ...LIVE_RECORDS,
  instanceState,
  record(26, TimerJob, ['operation']),
  ...GENERATOR_TYPES, // 27 to 29
  record(30, AsyncRequest, ['kind', 'value', 'promise'], 'promise'),
  record(31, ReturnReaction, ['machine', 'value', 'rejected']),
  record(32, Delegation, ['iterator', 'advanceMethod', 'kind', 'received', 'result', 'returning']),
  record(33, AsyncDelegation, [
    'iterator',
    'advanceMethod',
    'kind',
    'received',
    'result',
    'returning',
    'purpose',
  ]),
  record(34, AsyncIteration, ['iterator', 'advance', 'value', 'open', 'failing', 'answer']),
  record(35, AsyncFromSyncIterator, ['iterator', 'advance']),
  ...ITERATOR_RECORDS,
  ...DISPOSAL_RECORDS,
  elementReaction,
  statics,
];

const JOBS = [
  DisposalReaction,
  ElementReaction,
  ThenReaction,
  ThenableJob,
  SettleJob,
  CallbackJob,
  CheckpointJob,
  TimerJob,
  ReturnReaction,
];

export function isJob(value: unknown): boolean {
  return JOBS.some((Class) => value instanceof Class);
}
