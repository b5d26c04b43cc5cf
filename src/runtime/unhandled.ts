/**
 * Rejected promises that nobody looks at.
 *
 * Owns: those of one instance. Invariant: a promise is here from its rejection until somebody asks for it or the instance has rested.
 */
import { type DurablePromise, isHandled } from './promise.ts';

export class UnhandledRejections {
  /** Made when there is one: most instances never have any. */
  #promises: Set<DurablePromise> | undefined = undefined;

  add(promise: DurablePromise): void {
    (this.#promises ??= new Set()).add(promise);
  }

  delete(promise: DurablePromise): void {
    this.#promises?.delete(promise);
  }

  clear(): void {
    this.#promises = undefined;
  }

  list(): DurablePromise[] {
    return this.#promises === undefined ? [] : [...this.#promises];
  }

  /** The first one that nobody handles, but for the main promise. */
  lost(main: DurablePromise | undefined): DurablePromise | undefined {
    if (this.#promises === undefined) return undefined;
    for (const promise of this.#promises) if (!isHandled(promise) && promise !== main) return promise;
    return undefined;
  }
}

/** Of the many instances that have none. Nothing is ever added to it. */
export const NONE_UNHANDLED = new UnhandledRejections();

/** `rejections`, or others in their place, with one more. */
export function withRejection(rejections: UnhandledRejections, promise: DurablePromise): UnhandledRejections {
  const all = rejections === NONE_UNHANDLED ? new UnhandledRejections() : rejections;
  all.add(promise);
  return all;
}

/** When the microtasks that are queued now, and those that they queue, have run: then Node looks for unhandled rejections, too. */
export function afterNativeJobs(action: () => void): void {
  queueMicrotask(() => process.nextTick(action));
}
