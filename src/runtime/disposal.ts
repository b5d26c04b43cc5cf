/** Resources of `using` and `await using` (ECMA-262 explicit resource management, DisposeCapability), as data. */
import type { Disposal } from '../frame-abi.ts';
import { describe } from './describe.ts';

export interface Resource {
  readonly value: unknown;
  readonly hint: 'sync' | 'async';
  /** Undefined: nothing to call, but `await using` of null or undefined still waits once. */
  readonly method: unknown;
  /** The method is a synchronous one, whose result is not awaited. */
  readonly adapted: boolean;
}

export class ResourceStack implements Disposal {
  resources: Resource[] = [];
  failed = false;
  error: unknown = undefined;
  needsAwait = false;
  hasAwaited = false;

  add(value: unknown, hint: 'sync' | 'async'): unknown {
    if (value === null || value === undefined) {
      if (hint === 'async')
        this.resources.push({ value: undefined, hint, method: undefined, adapted: false });
      return value;
    }
    if (typeof value !== 'object' && typeof value !== 'function')
      throw new TypeError(`${describe(value)} is not an object`);
    const resource = value as { [Symbol.dispose]?: unknown; [Symbol.asyncDispose]?: unknown };
    let method: unknown = hint === 'async' ? resource[Symbol.asyncDispose] : undefined;
    const adapted = hint === 'async' && (method === undefined || method === null);
    if (method === undefined || method === null) method = resource[Symbol.dispose];
    if (typeof method !== 'function') {
      const name = hint === 'async' ? 'Symbol(Symbol.asyncDispose)' : 'Symbol(Symbol.dispose)';
      throw new TypeError(`Property [${name}] is not a function.`);
    }
    this.resources.push({ value, hint, method, adapted });
    return value;
  }

  fail(error: unknown): void {
    this.error = this.failed
      ? new SuppressedError(error, this.error, 'An error was suppressed during disposal')
      : error;
    this.failed = true;
  }

  disposeAll(): void {
    for (let resource = this.resources.pop(); resource; resource = this.resources.pop()) {
      if (resource.method === undefined) continue;
      try {
        Reflect.apply(resource.method as Function, resource.value, []);
      } catch (error) {
        this.fail(error);
      }
    }
  }

  more(): boolean {
    disposeSynchronous(this);
    return this.resources.length > 0 || (this.needsAwait && !this.hasAwaited);
  }

  next(): unknown {
    const resource = this.resources.pop();
    if (!resource) {
      this.hasAwaited = true;
      return undefined;
    }
    if (resource.hint === 'sync') {
      // A synchronous resource behind a wait that is still due.
      this.resources.push(resource);
      this.needsAwait = false;
      return undefined;
    }
    try {
      const result: unknown = Reflect.apply(resource.method as Function, resource.value, []);
      this.hasAwaited = true;
      return resource.adapted ? undefined : result;
    } catch (error) {
      this.fail(error);
      this.hasAwaited = true;
      return undefined;
    }
  }

  finish(): void {
    if (this.failed) throw this.error;
  }
}

/** Disposes what needs no wait from the top of the stack on. */
function disposeSynchronous(stack: ResourceStack): void {
  for (let resource = stack.resources.at(-1); resource; resource = stack.resources.at(-1)) {
    if (resource.hint === 'async' && resource.method === undefined) {
      stack.needsAwait = true;
      stack.resources.pop();
      continue;
    }
    if (resource.hint === 'async') return;
    if (stack.needsAwait && !stack.hasAwaited) return;
    stack.resources.pop();
    try {
      Reflect.apply(resource.method as Function, resource.value, []);
    } catch (error) {
      stack.fail(error);
    }
  }
}
