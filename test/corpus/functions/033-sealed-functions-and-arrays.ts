// What is sealed can still be written: the prototype of a function, the length of an array.
import { checkpoint } from 'waymark';

type Maker = new () => { hi(): string };

/** As JavaScript would say it: of an array without elements, or a function, V8 says that it is frozen once it is sealed. */
const writable = (object: object, key: string): unknown =>
  Object.getOwnPropertyDescriptor(object, key)?.writable;

const MODULE_LIST: number[] = Object.seal([]);

export default async function main(): Promise<unknown[]> {
  const Sealed = function (this: object) {} as unknown as Maker;
  Object.seal(Sealed);
  function* numbers(): Generator<number> {
    yield 1;
  }
  Object.preventExtensions(numbers);
  const sealed: number[] = Object.seal([]);
  const closed: number[] = Object.preventExtensions([]);
  const one: number[] = Object.seal([1]);
  const frozen: readonly number[] = Object.freeze([]);
  const frozenFn = Object.freeze(function () {});
  const readonlyElement = Object.seal(Object.defineProperty([1], 0, { writable: false }));

  await checkpoint();

  console.log(writable(Sealed, 'prototype'), writable(numbers, 'prototype'), writable(frozenFn, 'prototype'));
  console.log([sealed, closed, one, frozen, readonlyElement].map((list) => writable(list, 'length')).join());
  Sealed.prototype = { hi: () => 'replaced' };
  sealed.length = 3;
  closed.length = 0;
  MODULE_LIST.length = 2;
  await checkpoint();
  const refused = [
    () => void (frozen as number[]).push(1),
    () => void sealed.push(4),
    () => void (frozenFn.prototype = {}),
    () => void (readonlyElement[0] = 2),
  ].map((attempt) => {
    try {
      attempt();
      return 'done';
    } catch (error) {
      return (error as Error).name;
    }
  });
  return [new Sealed().hi(), sealed.length, MODULE_LIST.length, 0 in sealed, ...refused];
}
