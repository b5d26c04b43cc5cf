/** Instances of host types, and the entries of weak collections. */
import * as F from '../format.ts';
import { hostTypeNamed } from '../host-types/lookup.ts';
import type { HostType } from '../snapshot-context.ts';
import { malformed } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';
import { readExtras } from './properties.ts';

export interface HostBody {
  readonly type: HostType;
  parts: unknown[];
}

export function readHost(d: Decoder): unknown {
  const name = d.string();
  const type = hostTypeNamed(d.context, name);
  if (type === undefined) throw malformed(`${name} is no class that this runtime has`);
  if (type.weak !== undefined) d.hasWeak = true;
  return d.addPending(F.BODY_HOST, { type, parts: [] } satisfies HostBody);
}

export function readHostBody(d: Decoder, index: number): void {
  const body = d.payloads[index] as HostBody;
  body.parts = d.values(d.in.count());
  const head = d.in.varint();
  const content = d.values(d.in.checkCount(Math.floor(head / 2)));
  const { fill } = body.type;
  if (content.length > 0 && fill === undefined) throw malformed(`a ${body.type.name} with content`);
  if (fill !== undefined) {
    const run = (): void => {
      const resolved = content.map((value) => d.resolve(value) as unknown);
      fill(d.objects[index] as object, resolved);
    };
    d.late.push({ index, run });
  }
  if (head % 2 === 1) {
    if (body.type.prototype === undefined) throw malformed(`a ${body.type.name} with properties of its own`);
    readExtras(d, index);
  }
}

export function makeHost(d: Decoder, index: number): void {
  const { type, parts } = d.payloads[index] as HostBody;
  d.objects[index] = type.make(parts.map((part) => d.resolve(part) as unknown));
}

/** Rounds of entries, each followed by the bodies of the objects that came with it; an empty one is the last. */
export function readEphemerons(d: Decoder): void {
  for (;;) {
    const round = d.objects.length;
    d.add(undefined, F.BODY_EPHEMERONS, undefined);
    d.current = round;
    // So it is no child of the object before it.
    d.firstChild[round] = round;
    const count = d.in.count(3);
    for (let entry = 0; entry < count; entry++) readEntry(d);
    if (count === 0) return;
    d.bodies(round + 1);
  }
}

function readEntry(d: Decoder): void {
  const owner = d.in.varint();
  const key = d.value();
  const value = d.value();
  const weak = d.kinds[owner] === F.BODY_HOST ? (d.payloads[owner] as HostBody).type.weak : undefined;
  if (weak === undefined) throw malformed('an entry of something that is no weak collection');
  d.ephemerons.push(() =>
    weak.put(d.objects[owner] as object, d.resolve(key) as WeakKey, d.resolve(value) as unknown),
  );
}
