/**
 * `DisposableStack` and `AsyncDisposableStack` of durable modules (ECMA-262 explicit resource management): the resources are data, so a
 * snapshot can hold a stack, also one whose `disposeAsync` is under way. Wrong receivers are handed to the native methods, which know the
 * errors.
 */
import { boundFunction } from './bound-function.ts';
import { describe } from './describe.ts';
import { ResourceStack } from './disposal.ts';
import { isObject } from './iterator-protocol.ts';
import { defineMethods } from './iterator-constructor.ts';
import { type Job, type Owner, requireOwner } from './owner.ts';
import {
  type DurablePromise,
  makePromise,
  promiseFor,
  react,
  type Reaction,
  resolve,
  settle,
} from './promise.ts';

type Hint = 'sync' | 'async';

/** What both kinds are made of. */
class Stack {
  #resources: ResourceStack = new ResourceStack();
  #disposed = false;

  static read(stack: Stack): [ResourceStack, boolean] {
    return [stack.#resources, stack.#disposed];
  }

  static write(stack: Stack, resources: ResourceStack, disposed: boolean): void {
    stack.#resources = resources;
    stack.#disposed = disposed;
  }

  static is(value: unknown): value is Stack {
    return isObject(value) && #resources in value;
  }
}

class SyncStack extends Stack {}
class AsyncStack extends Stack {}

/** A callable that makes instances of `Class`, with its prototype object. */
function constructorOf(name: string, Class: typeof Stack): Function {
  const constructor = function construct(this: unknown): object {
    if (new.target === undefined) throw new TypeError(`Constructor ${name} requires 'new'`);
    return Reflect.construct(Class, [], new.target) as object;
  };
  Object.defineProperties(constructor, {
    name: { value: name, configurable: true },
    prototype: { value: Class.prototype, writable: false },
  });
  defineMethods(Class.prototype, { constructor });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
  return constructor;
}

export const DurableDisposableStack = constructorOf('DisposableStack', SyncStack);
export const DurableAsyncDisposableStack = constructorOf('AsyncDisposableStack', AsyncStack);

/** GetDisposeMethod, with what the engine says of stacks. */
function disposeMethod(value: object, hint: Hint): { method: Function; adapted: boolean } {
  const resource = value as { [Symbol.dispose]?: unknown; [Symbol.asyncDispose]?: unknown };
  let name = 'Symbol(Symbol.dispose)';
  let method: unknown;
  if (hint === 'async') {
    method = resource[Symbol.asyncDispose];
    if (method !== undefined && method !== null) name = 'Symbol(Symbol.asyncDispose)';
  }
  const adapted = hint === 'async' && (method === undefined || method === null);
  if (method === undefined || method === null) method = resource[Symbol.dispose];
  if (typeof method !== 'function') throw new TypeError(`${name} is not a function`);
  return { method, adapted };
}

function install(name: string, Class: typeof Stack, hint: Hint, native: object): void {
  const nativeMethod = (key: PropertyKey, part: 'value' | 'get' = 'value'): Function =>
    Object.getOwnPropertyDescriptor(native, key)![part] as Function;
  const isOurs = (value: unknown): value is Stack => value instanceof Class && Stack.is(value);
  /** The resources of a stack that is still open. */
  const open = (stack: Stack, method: string): ResourceStack => {
    const [resources, disposed] = Stack.read(stack);
    if (disposed)
      throw new ReferenceError(
        `Cannot call ${name}.prototype.${method} on an already-disposed DisposableStack`,
      );
    return resources;
  };
  const elsewhere = (method: string, receiver: unknown, args: readonly unknown[]): unknown =>
    Reflect.apply(nativeMethod(method), receiver, args) as unknown;
  defineMethods(Class.prototype, {
    use(this: unknown, value: unknown): unknown {
      if (!isOurs(this)) return elsewhere('use', this, [value]);
      const { resources } = open(this, 'use');
      if (value === undefined || value === null) {
        if (hint === 'async') resources.push({ value: undefined, hint, method: undefined, adapted: false });
        return value;
      }
      if (!isObject(value)) throw new TypeError('An object is expected with `using` declarations');
      resources.push({ value, hint, ...disposeMethod(value, hint) });
      return value;
    },
    adopt(this: unknown, value: unknown, onDispose: unknown): unknown {
      if (!isOurs(this)) return elsewhere('adopt', this, [value, onDispose]);
      const { resources } = open(this, 'adopt');
      if (typeof onDispose !== 'function') throw new TypeError(`${describe(onDispose)} is not a function`);
      const method: unknown = boundFunction.make(onDispose, undefined, value);
      resources.push({ value: undefined, hint, method, adapted: false });
      return value;
    },
    defer(this: unknown, onDispose: unknown): unknown {
      if (!isOurs(this)) return elsewhere('defer', this, [onDispose]);
      const { resources } = open(this, 'defer');
      if (typeof onDispose !== 'function') throw new TypeError(`${describe(onDispose)} is not a function`);
      resources.push({ value: undefined, hint, method: onDispose, adapted: false });
      return undefined;
    },
    move(this: unknown): unknown {
      if (!isOurs(this)) return elsewhere('move', this, []);
      const resources = open(this, 'move');
      const moved = new Class();
      Stack.write(moved, resources, false);
      Stack.write(this, new ResourceStack(), true);
      return moved;
    },
  });
  const { get } = Object.getOwnPropertyDescriptor(
    {
      get disposed(): unknown {
        return isOurs(this)
          ? Stack.read(this)[1]
          : (Reflect.apply(nativeMethod('disposed', 'get'), this, []) as unknown);
      },
    },
    'disposed',
  )!;
  Object.defineProperty(Class.prototype, 'disposed', { get: get!, configurable: true });
}

const nativeSync = globalThis.DisposableStack.prototype as object;
const nativeAsync = globalThis.AsyncDisposableStack.prototype as object;
install('DisposableStack', SyncStack, 'sync', nativeSync);
install('AsyncDisposableStack', AsyncStack, 'async', nativeAsync);

/** Takes the resources out, for good. */
function takeResources(stack: Stack): ResourceStack {
  const [resources] = Stack.read(stack);
  Stack.write(stack, new ResourceStack(), true);
  return resources;
}

const { dispose, disposeAsync } = {
  dispose(this: unknown): unknown {
    if (!(this instanceof SyncStack) || !Stack.is(this))
      return Reflect.apply(Reflect.get(nativeSync, 'dispose') as Function, this, []) as unknown;
    if (Stack.read(this)[1]) return undefined;
    const resources = takeResources(this);
    resources.disposeAll();
    resources.finish();
    return undefined;
  },
  disposeAsync(this: unknown): unknown {
    const owner = requireOwner();
    const promise = makePromise(owner);
    if (!(this instanceof AsyncStack) || !Stack.is(this)) {
      if (isObject(this) && Object.prototype.isPrototypeOf.call(nativeAsync, this))
        resolve(promise, Reflect.apply(Reflect.get(nativeAsync, 'disposeAsync') as Function, this, []));
      else settle(promise, new TypeError('Receiver is not an AsyncDisposableStack'), true);
      return promise;
    }
    if (Stack.read(this)[1]) resolve(promise, undefined);
    else new DisposalReaction(takeResources(this), promise).advance(owner);
    return promise;
  },
};
defineMethods(SyncStack.prototype, { dispose });
defineMethods(AsyncStack.prototype, { disposeAsync });
Object.defineProperty(SyncStack.prototype, Symbol.dispose, {
  value: dispose,
  writable: true,
  configurable: true,
});
Object.defineProperty(AsyncStack.prototype, Symbol.asyncDispose, {
  value: disposeAsync,
  writable: true,
  configurable: true,
});

/** A `disposeAsync` that waits for one resource before it goes on with the next. */
export class DisposalReaction implements Reaction, Job {
  resources: ResourceStack;
  promise: DurablePromise;
  value: unknown = undefined;
  rejected = false;

  constructor(resources: ResourceStack, promise: DurablePromise) {
    this.resources = resources;
    this.promise = promise;
  }

  trigger(owner: Owner, value: unknown, rejected: boolean): void {
    this.value = value;
    this.rejected = rejected;
    owner.jobs.push(this);
  }

  run(): void {
    if (this.rejected) this.resources.fail(this.value);
    this.value = undefined;
    this.advance(requireOwner());
  }

  /** Disposes up to the next wait, or to the end. */
  advance(owner: Owner): void {
    const { resources, promise } = this;
    while (resources.more()) {
      let awaited: DurablePromise;
      try {
        awaited = promiseFor(resources.next(), owner);
      } catch (error) {
        resources.fail(error);
        continue;
      }
      react(awaited, this);
      return;
    }
    if (resources.failed) settle(promise, resources.error, true);
    else resolve(promise, undefined);
  }
}

/** For snapshots. */
export const STACKS: readonly (typeof Stack)[] = [SyncStack, AsyncStack];
export { Stack };
