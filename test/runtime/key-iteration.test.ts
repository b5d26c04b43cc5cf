/** `for-in` over objects that change meanwhile: the same keys, and the same traps of proxies, as in a native loop. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enumerate } from '../../src/runtime/key-iteration.ts';

type Change = readonly [kind: string, key: string, target: number];

interface World {
  readonly objects: readonly object[];
  readonly target: object;
}

let log: string[] = [];

function watched(object: object, name: string): object {
  return new Proxy(object, {
    ownKeys: (target) => (log.push(`${name} ownKeys`), Reflect.ownKeys(target)),
    getPrototypeOf: (target) => (log.push(`${name} getPrototypeOf`), Reflect.getPrototypeOf(target)),
    has: (target, key) => (log.push(`${name} has ${String(key)}`), Reflect.has(target, key)),
    getOwnPropertyDescriptor: (target, key) => (
      log.push(`${name} descriptor ${String(key)}`),
      Reflect.getOwnPropertyDescriptor(target, key)
    ),
  });
}

/** `proxies`: 1 the prototype, 2 the object itself, 3 both. */
function makeWorld(kind: 'plain' | 'array' | 'typed' | 'string' | 'arguments', proxies: number): World {
  const root = { a: 1, 7: 1 };
  const prototype = Object.assign(Object.create(root) as object, { b: 2, 1: 1 });
  const kinds = {
    plain: () => ({}),
    array: () => ['x', 'y'],
    typed: () => new Uint8Array(3),
    string: () => Object('text') as object,
    arguments: () =>
      (
        function () {
          return arguments;
        } as (...given: unknown[]) => object
      )(1, 2),
  };
  const object = kinds[kind]();
  Object.setPrototypeOf(object, (proxies & 1) === 1 ? watched(prototype, 'prototype') : prototype);
  for (const key of ['c', '0', 'zz']) Reflect.set(object, key, 3);
  return {
    objects: [object, prototype, root],
    target: (proxies & 2) === 2 ? watched(object, 'object') : object,
  };
}

function change({ objects }: World, [kind, key, target]: Change): void {
  const object = objects[target]!;
  const define = (attributes: PropertyDescriptor): boolean =>
    Reflect.defineProperty(object, key, { configurable: true, ...attributes });
  switch (kind) {
    case 'set':
      Reflect.set(object, key, 1);
      break;
    case 'delete':
      Reflect.deleteProperty(object, key);
      break;
    case 'hide':
      define({ value: 1, enumerable: false, writable: true });
      break;
    case 'show':
      define({ value: 1, enumerable: true, writable: true });
      break;
    case 'accessor':
      define({ get: () => 1, enumerable: true });
      break;
    case 'symbol':
      Reflect.set(object, Symbol('unseen'), 1);
      break;
    case 'prototype':
      if (target === 0) Reflect.setPrototypeOf(object, objects[2]!);
      break;
    case 'freeze':
      if (target === 2) Object.freeze(object);
      break;
  }
}

const changes = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'delete', 'hide', 'show', 'accessor', 'symbol', 'prototype', 'freeze', 'nothing'),
    fc.constantFrom('a', 'b', 'c', '0', '1', '7', 'zz', '-1', '4294967295'),
    fc.integer({ min: 0, max: 2 }),
  ),
  { maxLength: 15, size: 'max' },
);

describe('for-in', () => {
  test('sees what a native loop sees', () => {
    const kinds = fc.constantFrom('plain', 'array', 'typed', 'string', 'arguments');
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 0, max: 3 }),
        changes,
        changes,
        (kind, proxies, before, during) => {
          const run = (loop: (target: object, body: (key: string) => void) => void): string[] => {
            const world = makeWorld(kind as 'plain', proxies);
            for (const each of before) change(world, each);
            log = [];
            let turn = 0;
            loop(world.target, (key) => {
              log.push(`key ${key}`);
              for (const each of during.slice(turn, turn + 2)) change(world, each);
              turn += 2;
            });
            return log;
          };
          const native = run((target, body) => {
            // oxlint-disable-next-line guard-for-in -- inherited keys are what it is about
            for (const key in target) body(key);
          });
          const durable = run((target, body) => {
            const iteration = enumerate(target);
            while (iteration.next()) body(iteration.value as string);
          });
          expect(durable).toEqual(native);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
