/** WeakMap and WeakSet. Nobody can list their entries, but a snapshot knows all objects that it reaches and asks for each of them. */
import { types } from 'node:util';
import { methodOf } from '../intrinsic-methods.ts';
import type { HostType } from '../snapshot-context.ts';

const mapHas = methodOf<[WeakKey], boolean>(WeakMap.prototype, 'has');
const mapGet = methodOf<[WeakKey], unknown>(WeakMap.prototype, 'get');
const mapSet = methodOf<[WeakKey, unknown], unknown>(WeakMap.prototype, 'set');
const setHas = methodOf<[WeakKey], boolean>(WeakSet.prototype, 'has');
const setAdd = methodOf<[WeakKey], unknown>(WeakSet.prototype, 'add');

export const WEAK_TYPES: readonly HostType[] = [
  {
    name: 'WeakMap',
    prototype: WeakMap.prototype,
    is: types.isWeakMap,
    make: () => new WeakMap(),
    weak: {
      has: mapHas,
      get: mapGet,
      put: (owner, key, value) => void mapSet(owner, key, value),
    },
  },
  {
    name: 'WeakSet',
    prototype: WeakSet.prototype,
    is: types.isWeakSet,
    make: () => new WeakSet(),
    weak: {
      has: setHas,
      get: () => undefined,
      put: (owner, key) => void setAdd(owner, key),
    },
  },
];
