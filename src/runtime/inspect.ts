/** A suspended instance as stack traces with variables: for people, and for programs that show them. Runs nothing. */
import { types } from 'node:util';
import type { Host } from './host.ts';
import { Instance } from './instance.ts';
import { isDurableAsyncGenerator, machineIn, standing } from './async-generator.ts';
import { AsyncIteration } from './async-iteration.ts';
import { callerOf } from './callers.ts';
import { AsyncDelegation, Delegation } from './delegation.ts';
import type { FunctionRecord } from './function-record.ts';
import { generatorState, isDurableGenerator } from './generator.ts';
import { ProtocolIteration } from './iterator-protocol.ts';
import { CheckpointOperation, HostOperation } from './operations.ts';
import { type DurablePromise, type FrameState, frameState, isDurablePromise } from './promise.ts';
import type { Realm } from './realm.ts';
import { Box } from './box.ts';

export interface FrameView {
  readonly function: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  /** Live variables; temporaries are left out. */
  readonly variables: readonly { readonly name: string; readonly value: unknown }[];
  /** What the frame waits for, in words. */
  readonly awaiting: string;
}

/** The branches of an instance, each innermost frame first; the branch of the default export comes first. */
export function framesOf(instance: Instance): FrameView[][] {
  const innermost = [
    ...instance.waitingFrames(),
    ...instance.jobs.toArray().filter((job) => isDurablePromise(job)),
  ];
  const branches = innermost.map((frame) => branchFrom(instance, frame));
  const isMain = (branch: Branch): boolean => branch.outermost === instance.main;
  return branches.toSorted((a, b) => Number(isMain(b)) - Number(isMain(a))).map(({ views }) => views);
}

/** @throws SnapshotError if the bytes are not a snapshot of the realm's code. */
export function inspectSnapshot(snapshot: Uint8Array, realm: Realm): FrameView[][] {
  const init = { id: '', script: realm.bundle.name, realm, host: NO_HOST, createdAt: 0 };
  return framesOf(Instance.restore(snapshot, init));
}

/** Nothing runs, so nothing is asked of it. */
export const NO_HOST: Host = {
  now: () => 0,
  arm() {},
  disarm() {},
  save: () => Promise.reject(new Error('An inspected instance does not run.')),
  ended() {},
};

interface Branch {
  readonly views: FrameView[];
  readonly outermost: DurablePromise;
}

/** The chain of frames that wait for each other, from `frame` outwards. */
function branchFrom(instance: Instance, frame: DurablePromise): Branch {
  const views: FrameView[] = [];
  const seen = new Set<object>();
  let callee: string | undefined;
  let outermost = frame;
  for (let at: DurablePromise | undefined = frame; at && !seen.has(at); at = callerOf(at)) {
    seen.add(at);
    outermost = at;
    views.push(view(instance, at, callee), ...iteratedBy(frameState(at)!.slots, seen));
    callee = frameState(at)!.fn.metadata.name;
  }
  return { views, outermost };
}

/** `callee`: the function that it awaits, if that is known. */
function view(instance: Instance, frame: DurablePromise, callee: string | undefined): FrameView {
  const { fn, at, slots, awaiting } = frameState(frame)!;
  const wait = awaiting ? describeWait(instance, awaiting) : 'the next job';
  return viewOf(fn, at, slots, wait === A_PROMISE && callee !== undefined ? `${callee}()` : wait);
}

/** The generators that code with these variables is in the middle of, with those that they are in the middle of. */
function iteratedBy(slots: readonly unknown[], seen: Set<object>): FrameView[] {
  return slots.flatMap((slot) => {
    // Asking a proxy for its class would run code of the author.
    if (types.isProxy(slot)) return [];
    const isIteration =
      slot instanceof ProtocolIteration ||
      slot instanceof AsyncIteration ||
      slot instanceof Delegation ||
      slot instanceof AsyncDelegation;
    if (!isIteration) return [];
    const state = suspendedGenerator(slot.iterator);
    if (state === undefined || seen.has(slot.iterator)) return [];
    seen.add(slot.iterator);
    return [viewOf(state.fn, state.at, state.slots, 'the next request'), ...iteratedBy(state.slots, seen)];
  });
}

/** A generator that stands at a `yield`, or has not begun. */
function suspendedGenerator(value: object): Pick<FrameState, 'fn' | 'at' | 'slots'> | undefined {
  if (isDurableGenerator(value)) return generatorState(value);
  return isDurableAsyncGenerator(value) ? standing(machineIn(value)) : undefined;
}

function viewOf(fn: FunctionRecord, at: number, slots: readonly unknown[], awaiting: string): FrameView {
  const point = fn.metadata.points[at]!;
  const variables = point.slots
    .map((name, index) => ({ name, value: unboxed(slots[index]) }))
    .filter(({ name }) => !name.startsWith('('));
  return {
    function: fn.metadata.name,
    file: fn.sources[fn.metadata.source] ?? '',
    line: point.line,
    column: point.column,
    variables,
    awaiting,
  };
}

const A_PROMISE = 'a promise';

const unboxed = (value: unknown): unknown =>
  !types.isProxy(value) && value instanceof Box ? value.v : value;

function describeWait(instance: Instance, promise: DurablePromise): string {
  const callee = frameState(promise);
  if (callee) return `${callee.fn.metadata.name}()`;
  for (const operation of instance.operations.values()) {
    if (operation instanceof CheckpointOperation && operation.promise === promise) return 'a checkpoint';
    if (operation instanceof HostOperation && operation.promise === promise)
      return describeRequest(operation);
  }
  return A_PROMISE;
}

function describeRequest({ number, request }: HostOperation): string {
  switch (request?.kind) {
    case 'sleep':
      return `sleep until ${new Date(request.until).toISOString()}`;
    case 'call':
      return `call ${request.subject} (operation ${number})`;
    case 'publish':
      return `publish ${request.subject}`;
    default:
      return 'a reply';
  }
}
