/** `encode`: header, body, checksum; encoders kept for the next time; walks repeated where one is not enough. */
import { eachComponent, orderByNeeds } from '../construction-order.ts';
import * as F from '../format.ts';
import { writeChecksum, writeHeader } from '../header.ts';
import type { RecordType, SnapshotContext } from '../snapshot-context.ts';
import { SnapshotCode, SnapshotError } from '../snapshot-error.ts';
import { noteFormatters } from '../host-types/intl.ts';
import { recordsByPrototype } from '../record-types.ts';
import { planBuffers } from './binary-data.ts';
import { Encoder } from './encoder.ts';
import type { Plan } from './encoder.ts';
import { pathToNumber } from './path.ts';

/** The encoder that is free now. An encode inside an encode (a user type's `write` may do that) makes a new one. */
let spare: Encoder | undefined;

/**
 * The bytes of the whole graph reachable from `root`: values, identity, sharing and cycles. Runs no getter and triggers no Proxy trap.
 *
 * The bytes are a view of memory shared with other small buffers (Node's Buffer pool): copy them before transferring.
 * A failed encode leaves nothing behind.
 * @throws SnapshotError WM4007 with the path of a value that cannot be saved; WM4008 to WM4013.
 */
export function encode(root: unknown, context: SnapshotContext): Uint8Array {
  const records = recordsByPrototype(context);
  const first = walk(root, context, records, undefined);
  if (first.plan === undefined) return first.bytes!;
  return walk(root, context, records, first.plan).bytes!;
}

/** One walk: either the bytes, or what has to be known for a better walk. */
function walk(
  root: unknown,
  context: SnapshotContext,
  records: ReadonlyMap<object, RecordType>,
  plan: Plan | undefined,
): { bytes?: Uint8Array; plan?: Plan } {
  const e = spare ?? new Encoder();
  // Not put back after a failure, so that nothing of it can reach the next encode.
  spare = undefined;
  e.begin(root, context, records);
  e.plan = plan;
  writeHeader(e.out, context.codeHash);
  run(e);
  const better = plan === undefined ? planFor(e) : undefined;
  if (better !== undefined) {
    e.clear();
    spare = e;
    return { plan: better };
  }
  if (e.needs !== undefined) checkNeeds(e, e.needs);
  if (e.hasUserTypes) checkUserTypes(e);
  writeChecksum(e.out);
  const bytes = e.out.finish();
  e.clear();
  spare = e;
  return { bytes };
}

/** The context's functions may throw: private fields are read from an object that has none, for example. */
function run(e: Encoder): void {
  try {
    e.run();
  } catch (cause) {
    if (cause instanceof SnapshotError) throw cause;
    const path = e.current < 0 ? '' : pathToNumber(e, e.current);
    throw new SnapshotError(
      SnapshotCode.unserialisable,
      `Cannot save the state: ${path === '' ? 'the value' : path} could not be read: ${String(cause)}`,
      { path, cause, fix: 'See the cause. An object that only pretends to be of its class cannot be saved.' },
    );
  }
}

/** What a second walk has to know, if the first was not good enough. */
function planFor(e: Encoder): Plan | undefined {
  if (e.urls === undefined && e.buffers?.conflict !== true && !e.looseFunctions) return undefined;
  const urlOfParams = new Map<object, object>();
  if (e.looseParams && e.urls !== undefined) {
    for (const url of e.urls)
      if (e.objects.find(url.searchParams) >= 0) urlOfParams.set(url.searchParams, url);
  }
  if (urlOfParams.size === 0 && e.buffers?.conflict !== true && !e.looseFunctions) return undefined;
  // Those that are found again by name have not been met.
  if (e.looseFunctions) noteFormatters(e.context.knownObjects?.() ?? []);
  return { urlOfParams, buffers: planBuffers(e.buffers) };
}

/** A closure whose captured values include itself directly could never be made again. */
function checkNeeds(e: Encoder, needs: readonly number[]): void {
  const order = orderByNeeds(needs);
  if (typeof order === 'number') throw cycle(e, order, 'a function that has captured itself as a constant');
}

/** `read` gets its data complete, so no user type may be reachable from its own data. */
function checkUserTypes(e: Encoder): void {
  const graph = {
    count: e.objects.count,
    firstChild: e.bodyStart,
    references: e.references,
    referenceCount: e.referenceCount,
  };
  const selfReferences = new Set<number>();
  for (let pair = 0; pair < e.referenceCount; pair += 2) {
    if (e.references[pair] === e.references[pair + 1]) selfReferences.add(e.references[pair]!);
  }
  eachComponent(graph, (members) => {
    for (const member of members) {
      if (e.kinds[member] !== F.BODY_USER || (members.length === 1 && !selfReferences.has(member))) continue;
      throw cycle(e, member, 'an instance of a registered class whose data leads back to the instance');
    }
  });
}

function cycle(e: Encoder, index: number, what: string): SnapshotError {
  const path = pathToNumber(e, index);
  return new SnapshotError(
    SnapshotCode.constructionCycle,
    `Cannot save the state: ${path === '' ? 'the value' : path} is ${what}`,
    {
      path,
      fix: 'Break the cycle: leave the back reference out of what write() returns and set it again in read().',
    },
  );
}
