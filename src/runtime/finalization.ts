/**
 * FinalizationRegistry in durable modules. A snapshot holds the cleanup function, and the registrations of targets that something else in it
 * holds; the others are forgotten, which ECMA-262 allows at any time.
 */
import type { HostType } from '../snapshot/index.ts';
import { contextOutside, inTurn, type OwnerContext, turn } from './owner.ts';
import { CallbackJob } from './reactions.ts';
import { restoringOwner } from './restoring.ts';

const NativeRegistry = FinalizationRegistry;

/** One registration. */
interface Cell {
  readonly held: unknown;
  readonly token: WeakRef<WeakKey> | undefined;
}

export class DurableFinalizationRegistry {
  static {
    Object.defineProperty(this, 'name', { value: 'FinalizationRegistry', configurable: true });
    Object.defineProperty(this.prototype, Symbol.toStringTag, {
      value: 'FinalizationRegistry',
      configurable: true,
    });
  }

  readonly #cleanup: Function;
  readonly #native: FinalizationRegistry<Cell>;
  readonly #cells = new WeakMap<WeakKey, Cell[]>();
  readonly #targets = new WeakMap<WeakKey, Set<WeakRef<WeakKey>>>();
  /** Whose turn it is when the cleanup function is called. */
  #context: OwnerContext | undefined;

  constructor(cleanup: unknown) {
    if (typeof cleanup !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable');
    this.#cleanup = cleanup;
    this.#context = turn.of;
    this.#native = new NativeRegistry((cell) => this.#clean(cell));
  }

  register(target: WeakKey, held: unknown, token?: WeakKey): void {
    if (target === held) {
      throw new TypeError('FinalizationRegistry.prototype.register: target and holdings must not be same');
    }
    this.#context ??= turn.of ?? contextOutside();
    const cell: Cell = { held, token: token === undefined ? undefined : new WeakRef(token) };
    this.#native.register(target, cell, token);
    const known = this.#cells.get(target);
    if (known === undefined) this.#cells.set(target, [cell]);
    else known.push(cell);
    if (token === undefined) return;
    const targets = this.#targets.get(token);
    if (targets === undefined) this.#targets.set(token, new Set([new WeakRef(target)]));
    else targets.add(new WeakRef(target));
  }

  unregister(token: WeakKey): boolean {
    const removed = this.#native.unregister(token);
    for (const reference of this.#targets.get(token) ?? []) {
      const target = reference.deref();
      const left = target && this.#cells.get(target)?.filter((cell) => cell.token?.deref() !== token);
      if (left?.length === 0) this.#cells.delete(target!);
      else if (left !== undefined) this.#cells.set(target!, left);
    }
    this.#targets.delete(token);
    return removed;
  }

  /** The cleanup function has its turn like any other job of the instance. */
  #clean(cell: Cell): void {
    const context = this.#context;
    if (context?.owner === undefined) return;
    inTurn(context, () => context.owner!.jobs.push(new CallbackJob(this.#cleanup, [cell.held])));
  }

  static isOne(value: object): value is DurableFinalizationRegistry {
    return #cells in value;
  }

  static cleanupOf(registry: DurableFinalizationRegistry): Function {
    return registry.#cleanup;
  }

  static restored(cleanup: unknown): DurableFinalizationRegistry {
    const made = new DurableFinalizationRegistry(cleanup);
    made.#context = restoringOwner().context;
    return made;
  }

  static has(registry: DurableFinalizationRegistry, target: WeakKey): boolean {
    return registry.#cells.has(target);
  }

  /** Held value and token, one after the other, of each registration of `target`. */
  static cells(registry: DurableFinalizationRegistry, target: WeakKey): unknown[] {
    return registry.#cells.get(target)!.flatMap(({ held, token }) => [held, token?.deref()]);
  }
}

const { isOne, cleanupOf, restored, has, cells } = DurableFinalizationRegistry;
for (const name of ['isOne', 'cleanupOf', 'restored', 'has', 'cells'])
  Reflect.deleteProperty(DurableFinalizationRegistry, name);

export const FINALIZATION_REGISTRY_TYPE: HostType<DurableFinalizationRegistry> = {
  name: 'FinalizationRegistry',
  prototype: DurableFinalizationRegistry.prototype,
  is: isOne,
  parts: (registry) => [cleanupOf(registry)],
  make: ([cleanup]) => restored(cleanup),
  weak: {
    has,
    get: cells,
    put(registry, target, given) {
      const list = given as unknown[];
      for (let at = 0; at < list.length; at += 2)
        registry.register(target, list[at], list[at + 1] as WeakKey | undefined);
    },
  },
};
