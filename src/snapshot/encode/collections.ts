/** Map and Set: entries in insertion order. */
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import type { Encoder } from './encoder.ts';
import { isBare, writeAllExtras } from './properties.ts';

type Each = (value: unknown, key: unknown) => void;
const mapSize = getterOf<number>(Map.prototype, 'size');
const setSize = getterOf<number>(Set.prototype, 'size');
const mapForEach = methodOf<[Each], void>(Map.prototype, 'forEach');
const setForEach = methodOf<[Each], void>(Set.prototype, 'forEach');

export function writeMapBody(e: Encoder, map: Map<unknown, unknown>, defaultPrototype: object): void {
  const extras = !isBare(map, defaultPrototype);
  writeHead(e, mapSize(map), extras);
  // The methods of the prototype, not of the object: a subclass may have overridden them.
  mapForEach(map, (value, key) => {
    e.value(key);
    e.value(value);
  });
  if (extras) writeAllExtras(e, map, defaultPrototype);
}

export function writeSetBody(e: Encoder, set: Set<unknown>, defaultPrototype: object): void {
  const extras = !isBare(set, defaultPrototype);
  writeHead(e, setSize(set), extras);
  setForEach(set, (value) => {
    e.value(value);
  });
  if (extras) writeAllExtras(e, set, defaultPrototype);
}

function writeHead(e: Encoder, size: number, extras: boolean): void {
  e.out.reserve(16);
  e.out.varint(size * 2 + (extras ? 1 : 0));
}
