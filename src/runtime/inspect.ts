/** A suspended instance as stack traces with variables. Decodes a snapshot; runs nothing of the script. */
import { UNSET } from '../frame-abi.ts';
import { Box } from './box.ts';
import type { Host } from './host.ts';
import { Instance } from './instance.ts';
import { CheckpointOperation, HostOperation, type Operation } from './operations.ts';
import { type DurablePromise, frameState, nextFrame } from './promise.ts';
import type { Realm } from './realm.ts';

/** One activation of an async function. Lines count from 1, columns from 0. */
export interface FrameView {
  readonly function: string;
  /** As in the bundle: relative to the folder of the script. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Variables of the author that are still needed; temporaries are left out. */
  readonly variables: readonly { readonly name: string; readonly value: unknown }[];
  /** In words: `call bank.maple`, `checkpoint`, `settle()`. */
  readonly awaiting: string;
}

const noHost: Host = {
  now: () => 0,
  arm: () => undefined,
  disarm: () => undefined,
  save: () => Promise.reject(new Error('An instance that is only looked at makes no checkpoint.')),
  ended: () => undefined,
};

/**
 * The branches of the instance, each a chain of frames, innermost first. A frame that waits for several promises at
 * once (`Promise.all`) begins a branch of its own.
 *
 * @param realm is written to (module-level variables); use a fresh one.
 * @throws SnapshotError if the bytes are not a snapshot of this realm's code.
 */
export function inspectSnapshot(snapshot: Uint8Array, realm: Realm): FrameView[][] {
  const instance = Instance.restore(snapshot, {
    id: '',
    script: realm.bundle.name,
    realm,
    host: noHost,
    createdAt: 0,
  });
  const frames: DurablePromise[] = [];
  for (let frame = instance.frames.first; frame; frame = nextFrame(frame)) frames.push(frame);
  const callers = new Map<DurablePromise, DurablePromise>();
  for (const frame of frames) {
    const awaited = frameState(frame)?.awaiting;
    if (awaited && frameState(awaited)) callers.set(awaited, frame);
  }
  const operations = [...instance.operations.values()];
  const branches: FrameView[][] = [];
  for (const frame of frames) {
    const awaited = frameState(frame)?.awaiting;
    if (awaited && frameState(awaited)) continue;
    const branch: FrameView[] = [];
    for (let at: DurablePromise | undefined = frame; at; at = callers.get(at))
      branch.push(viewOf(at, operations));
    branches.push(branch);
  }
  instance.stop();
  return branches;
}

function viewOf(frame: DurablePromise, operations: readonly Operation[]): FrameView {
  const { fn, at, slots, awaiting } = frameState(frame)!;
  const { metadata, sources } = fn;
  const point = metadata.points[at];
  const variables = (point?.slots ?? []).flatMap((name, index) => {
    const slot = slots[index];
    const value = slot instanceof Box ? slot.v : slot;
    return name.startsWith('(') || value === UNSET ? [] : [{ name, value }];
  });
  return {
    function: metadata.name,
    file: sources[metadata.source] ?? '',
    line: point?.line ?? metadata.start.line,
    column: point?.column ?? metadata.start.column,
    variables,
    awaiting: awaitingText(awaiting, operations),
  };
}

function awaitingText(awaited: DurablePromise | null, operations: readonly Operation[]): string {
  if (awaited === null) return 'its turn';
  const callee = frameState(awaited);
  if (callee) return `${callee.fn.metadata.name}()`;
  for (const operation of operations) {
    if (operation instanceof CheckpointOperation && operation.promise === awaited) return 'checkpoint';
    if (!(operation instanceof HostOperation) || operation.promise !== awaited || !operation.request)
      continue;
    const { request } = operation;
    if (request.kind === 'sleep') return `sleep until ${new Date(request.until).toISOString()}`;
    return 'subject' in request ? `${request.kind} ${request.subject}` : request.kind;
  }
  return 'a promise';
}
