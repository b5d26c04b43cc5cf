/** `then`, `catch`, `finally` and the static functions of Promise (ECMA-262 27.2.4 and 27.2.5). */
import { types } from 'node:util';
import { describe } from './describe.ts';
import { OwnFunction } from './own-functions.ts';
import { currentOwner, requireOwner, turn } from './owner.ts';
import {
  DurablePromise,
  isDurablePromise,
  isNever,
  makePromise,
  markGiven,
  markNever,
  ownerIn,
  react,
  resolve,
} from './promise.ts';
import {
  Capability,
  NativeReaction,
  rejectCapability,
  resolveCapability,
  resolvingFunctions,
  type Settles,
  ThenReaction,
  useBuiltInThen,
} from './reactions.ts';

const ordinaryHasInstance = Function.prototype[Symbol.hasInstance] as (value: unknown) => boolean;

type Constructor = new (executor: unknown) => object;

/** Steps of GetCapabilitiesExecutor. */
const capabilityExecutor = new OwnFunction<[Capability]>(
  11,
  (capability) => (resolveGiven: unknown, rejectGiven: unknown) => {
    if (capability.resolve !== undefined || capability.reject !== undefined) {
      throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
    }
    capability.resolve = resolveGiven;
    capability.reject = rejectGiven;
  },
  (cells) => cells.length === 1 && cells[0] instanceof Capability,
);

/** NewPromiseCapability. */
export function newCapability(C: unknown): Settles {
  if (C === DurablePromise) return makePromise(requireOwner());
  if (!isConstructor(C)) throw new TypeError(`${describe(C)} is not a constructor`);
  const capability = new Capability();
  const promise = new C(capabilityExecutor.make(capability));
  if (typeof capability.resolve !== 'function' || typeof capability.reject !== 'function') {
    throw new TypeError('Promise resolve or reject function is not callable');
  }
  capability.promise = promise;
  return capability;
}

export function promiseOf(capability: Settles): object {
  return capability instanceof Capability ? (capability.promise as object) : capability;
}

function isConstructor(value: unknown): value is Constructor {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}

/** PromiseResolve. */
export function promiseResolve(C: unknown, value: unknown): object {
  if (isDurablePromise(value) && value.constructor === C) return value;
  if (C === DurablePromise) {
    const promise = makePromise(requireOwner());
    resolve(promise, value);
    return promise;
  }
  const capability = newCapability(C);
  resolveCapability(capability, value);
  return promiseOf(capability);
}

/** SpeciesConstructor(promise, %Promise%). */
function speciesOf(promise: object): unknown {
  const { constructor: C } = promise as { constructor: unknown };
  if (C === undefined || C === DurablePromise) return DurablePromise;
  if (typeof C !== 'object' && typeof C !== 'function')
    throw new TypeError('The .constructor property is not an object');
  const species: unknown = (C as { [Symbol.species]?: unknown })[Symbol.species];
  if (species === undefined || species === null) return DurablePromise;
  if (!isConstructor(species)) throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  return species;
}

const callableOr = (value: unknown): unknown => (typeof value === 'function' ? value : undefined);

const thenFinally = new OwnFunction<[Function, unknown]>(
  7,
  (onFinally, C) => (value: unknown) => {
    const result: unknown = onFinally();
    return (promiseResolve(C, result) as PromiseLike<unknown>).then(valueThunk.make(value));
  },
  (cells) => cells.length === 2 && typeof cells[0] === 'function',
);
const catchFinally = new OwnFunction<[Function, unknown]>(
  8,
  (onFinally, C) => (reason: unknown) => {
    const result: unknown = onFinally();
    return (promiseResolve(C, result) as PromiseLike<unknown>).then(thrower.make(reason));
  },
  (cells) => cells.length === 2 && typeof cells[0] === 'function',
);
export const valueThunk = new OwnFunction<[unknown]>(
  9,
  (value) => () => value,
  (cells) => cells.length === 1,
);
const thrower = new OwnFunction<[unknown]>(
  10,
  (reason) => () => {
    throw reason;
  },
  (cells) => cells.length === 1,
);

const methods = {
  // oxlint-disable-next-line unicorn/no-thenable -- this is where `then` comes from
  then(this: unknown, onFulfilled: unknown, onRejected: unknown): object {
    const own = ownerIn(this);
    if (own === undefined) throw incompatible('then', this);
    const promise = this as DurablePromise;
    const C = speciesOf(promise);
    const owner = currentOwner() ?? own;
    const capability = C === DurablePromise ? makePromise(owner) : newCapability(C);
    if (isNever(promise) && !(capability instanceof Capability)) markNever(capability);
    // Native code that awaits does so in a job of its own.
    const Reaction = turn.of === undefined ? NativeReaction : ThenReaction;
    const reaction = new Reaction(capability, callableOr(onFulfilled), callableOr(onRejected));
    if (owner === own) react(promise, reaction);
    else {
      // Callbacks run in the instance that gave them.
      const follower = makePromise(owner);
      owner.follow(follower, promise);
      react(follower, reaction);
    }
    if (owner.jobs.size > 0) owner.wake();
    return promiseOf(capability);
  },
  catch(this: { then: Function }, onRejected: unknown): unknown {
    return this.then(undefined, onRejected);
  },
  finally(this: { then: Function }, onFinally: unknown): unknown {
    if (typeof this !== 'object' || this === null) throw incompatible('finally', this);
    const C = speciesOf(this);
    if (typeof onFinally !== 'function') return this.then(onFinally, onFinally);
    return this.then(thenFinally.make(onFinally, C), catchFinally.make(onFinally, C));
  },
};

const statics = {
  resolve(this: unknown, value: unknown): object {
    requireObject('resolve', this);
    return promiseResolve(this, value);
  },
  reject(this: unknown, reason: unknown): object {
    const capability = newCapability(this);
    rejectCapability(capability, reason);
    return promiseOf(capability);
  },
  withResolvers(this: unknown): { promise: object; resolve: unknown; reject: unknown } {
    const capability = newCapability(this);
    if (isDurablePromise(capability)) {
      markGiven(capability);
      return { promise: capability, ...resolvingFunctions(capability) };
    }
    return { promise: capability.promise as object, resolve: capability.resolve, reject: capability.reject };
  },
  try(this: unknown, callback: unknown, ...args: unknown[]): object {
    requireObject('try', this);
    const capability = newCapability(this);
    try {
      resolveCapability(capability, (callback as Function)(...args));
    } catch (error) {
      rejectCapability(capability, error);
    }
    return promiseOf(capability);
  },
};

/** The built-in ones, for those who look whether an author has put others in their place. */
export const plainThen: unknown = methods.then;
export const plainResolve: unknown = statics.resolve;
useBuiltInThen((then) => then === plainThen);

function requireObject(name: string, value: unknown): void {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
    throw new TypeError(`PromiseResolve called on non-object in Promise.${name}`);
  }
}

function incompatible(name: string, receiver: unknown): TypeError {
  const hint = types.isPromise(receiver) ? ' (a native promise: call its own method)' : '';
  return new TypeError(
    `Method Promise.prototype.${name} called on incompatible receiver ${describe(receiver)}${hint}`,
  );
}

/** Defines functions as built-ins are: not enumerable, no constructors. */
export function defineBuiltIns(target: object, functions: object): void {
  for (const [name, value] of Object.entries(functions)) {
    Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
  }
}

defineBuiltIns(DurablePromise.prototype, methods);
defineBuiltIns(DurablePromise, statics);
for (const [fn, length] of [
  [methods.then, 2],
  [statics.try, 1],
] as const) {
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
}
Object.defineProperty(DurablePromise.prototype, Symbol.toStringTag, { value: 'Promise', configurable: true });
Object.defineProperty(DurablePromise, 'length', { value: 1, configurable: true });
Object.defineProperty(DurablePromise, Symbol.species, {
  get(this: unknown) {
    return this;
  },
  configurable: true,
});

// And a promise of a script is one for native code that asks with `instanceof`.
Object.setPrototypeOf(DurablePromise.prototype, globalThis.Promise.prototype);

// A native promise, from an imported function say, is a Promise for a script too.
Object.defineProperty(DurablePromise, Symbol.hasInstance, {
  value(this: Function, value: unknown): boolean {
    return (
      Reflect.apply(ordinaryHasInstance, this, [value]) || (this === DurablePromise && types.isPromise(value))
    );
  },
  configurable: true,
});
