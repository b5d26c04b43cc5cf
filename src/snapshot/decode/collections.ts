/** Map and Set. A collection that holds a Pending is filled at the end, so that the order of its entries is right. */
import type { Decoder } from './decoder.ts';
import { Pending } from './pending.ts';
import { readExtras } from './properties.ts';

export function readMapBody(d: Decoder, index: number, map: Map<unknown, unknown>): void {
  const head = d.in.varint();
  const size = d.in.checkCount(Math.floor(head / 2), 2);
  const entries = d.values(size * 2);
  const fill = (): void => {
    for (let at = 0; at < entries.length; at += 2) {
      Map.prototype.set.call(map, d.resolve(entries[at]), d.resolve(entries[at + 1]));
    }
  };
  if (d.made > 0 && entries.some(isPending)) d.late.push({ index, run: fill });
  else fill();
  if (head % 2 === 1) readExtras(d, index);
}

export function readSetBody(d: Decoder, index: number, set: Set<unknown>): void {
  const head = d.in.varint();
  const elements = d.values(d.in.checkCount(Math.floor(head / 2)));
  const fill = (): void => {
    for (const element of elements) Set.prototype.add.call(set, d.resolve(element));
  };
  if (d.made > 0 && elements.some(isPending)) d.late.push({ index, run: fill });
  else fill();
  if (head % 2 === 1) readExtras(d, index);
}

function isPending(value: unknown): boolean {
  return Pending.is(value);
}
