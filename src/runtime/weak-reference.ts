/**
 * WeakRef in durable modules. A snapshot holds the target only if something else in it does; otherwise the reference is empty after a restore,
 * as after a garbage collection.
 */
import type { HostType } from '../snapshot/index.ts';

const NativeWeakRef = WeakRef;

export class DurableWeakRef {
  static {
    Object.defineProperty(this, 'name', { value: 'WeakRef', configurable: true });
    Object.defineProperty(this, Symbol.hasInstance, {
      value(this: unknown, value: unknown) {
        const inherits = Reflect.apply(Function.prototype[Symbol.hasInstance], this, [value]);
        return inherits || (this === DurableWeakRef && value instanceof NativeWeakRef);
      },
    });
    Object.defineProperty(this.prototype, Symbol.toStringTag, { value: 'WeakRef', configurable: true });
  }

  #reference: WeakRef<WeakKey> | undefined;

  constructor(target: WeakKey) {
    // Checks the target, too.
    this.#reference = new NativeWeakRef(target);
  }

  deref(): WeakKey | undefined {
    if (!(#reference in this)) return NativeWeakRef.prototype.deref.call(this as never);
    return this.#reference?.deref();
  }

  static isOne(value: object): value is DurableWeakRef {
    return #reference in value;
  }

  /** A reference without a target, and a way to give it one. */
  static empty(): DurableWeakRef {
    const made = new DurableWeakRef({});
    made.#reference = undefined;
    return made;
  }

  static point(reference: DurableWeakRef, target: WeakKey): void {
    reference.#reference = new NativeWeakRef(target);
  }
}

const { isOne, empty, point } = DurableWeakRef;
for (const name of ['isOne', 'empty', 'point']) Reflect.deleteProperty(DurableWeakRef, name);

export const WEAK_REF_TYPE: HostType<DurableWeakRef> = {
  name: 'WeakRef',
  prototype: DurableWeakRef.prototype,
  is: isOne,
  make: empty,
  weak: {
    has: (reference, key) => reference.deref() === key,
    get: () => undefined,
    put: point,
    only: (reference) => DurableWeakRef.prototype.deref.call(reference),
  },
};
