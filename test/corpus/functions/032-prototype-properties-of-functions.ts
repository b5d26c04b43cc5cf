// The property `prototype` of functions of every kind: changed, added, frozen.
import { checkpoint } from 'waymark';

interface Greeter {
  hi(): string;
}
type Maker = new () => Greeter;

function look(label: string, fn: object): void {
  const property = Object.getOwnPropertyDescriptor(fn, 'prototype');
  const { writable, enumerable, configurable } = property ?? {};
  const value: unknown = property?.value;
  const keys = typeof value === 'object' && value !== null ? Reflect.ownKeys(value).map(String) : [value];
  console.log(label, writable, enumerable, configurable, keys.join(), Object.isFrozen(fn), Reflect.ownKeys(fn).map(String).join());
}

export default async function main(): Promise<boolean[]> {
  const Plain = function (this: object) {} as unknown as Maker;
  (Plain.prototype as Greeter).hi = () => 'plain';
  const Frozen = Object.freeze(function (this: object) {} as unknown as Maker);
  (Frozen.prototype as Greeter).hi = () => 'frozen';
  const Deep = function (this: object) {} as unknown as Maker;
  (Deep.prototype as Greeter).hi = () => 'deep';
  Object.freeze(Deep.prototype);
  Object.freeze(Deep);
  const arrow = Object.assign(() => 1, { prototype: { of: 'arrow' } });
  const hidden = Object.defineProperty(() => 2, 'prototype', { value: { of: 'hidden' } });
  const frozenArrow = Object.freeze(Object.assign(() => 3, { a: 1, prototype: { of: 'frozen arrow' } }));
  const asyncFn = Object.freeze(Object.assign(async () => 4, { prototype: 'text' }));
  function* numbers(): Generator<number> {
    yield 1;
  }
  Object.assign(numbers.prototype as object, { extra: 'of numbers' });
  Object.freeze(numbers);
  const Made = class {
    hi(): string {
      return 'made';
    }
  };
  (Made.prototype as unknown as { added: () => string }).added = () => 'added';
  Object.freeze(Made);
  const Readonly = function (this: object) {} as unknown as Maker;
  Object.defineProperty(Readonly, 'prototype', { writable: false });
  (Readonly.prototype as Greeter).hi = () => 'readonly';
  const Replaced = function (this: object) {} as unknown as Maker;
  Object.defineProperty(Replaced, 'prototype', { value: { hi: () => 'replaced' }, writable: false });

  await checkpoint();

  look('Plain', Plain);
  look('Frozen', Frozen);
  look('Deep', Deep);
  look('arrow', arrow);
  look('hidden', hidden);
  look('frozenArrow', frozenArrow);
  look('asyncFn', asyncFn);
  look('numbers', numbers);
  look('Made', Made);
  look('Readonly', Readonly);
  look('Replaced', Replaced);
  console.log(new Plain().hi(), new Frozen().hi(), new Deep().hi(), new Readonly().hi(), new Replaced().hi());
  console.log(arrow.prototype.of, (hidden as unknown as { prototype: { of: string } }).prototype.of);
  console.log(frozenArrow.prototype.of, asyncFn.prototype, (numbers() as unknown as { extra: string }).extra);
  const made = new Made() as unknown as { hi(): string; added(): string };
  console.log(made.hi(), made.added());
  return [Frozen.prototype.constructor === Frozen, Deep.prototype.constructor === Deep];
}
