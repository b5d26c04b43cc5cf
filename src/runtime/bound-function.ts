/** Bound functions of durable modules: native bound functions that remember what they are made of. */
import { setForm } from './built-in-forms.ts';
import { OwnFunction } from './own-functions.ts';

const nativeBind = Function.prototype.bind;

/** A function with its receiver and first arguments fixed, made without looking at its `bind`. */
export const boundFunction = new OwnFunction<[Function, unknown, ...unknown[]]>(
  12,
  (target, receiver, ...args) => Reflect.apply(nativeBind, target, [receiver, ...args]) as object,
  (cells) => cells.length >= 2 && typeof cells[0] === 'function',
);

/** `target.bind(...args)`. */
export function bindFunction(target: any, args: readonly unknown[]): unknown {
  const method: unknown = target.bind;
  if (typeof target === 'function' && method === nativeBind) {
    const [receiver, ...rest] = args;
    return boundFunction.make(target as Function, receiver, ...rest);
  }
  if (typeof method !== 'function') throw new TypeError('(intermediate value).bind is not a function');
  return Reflect.apply(method, target, args) as unknown;
}

setForm(nativeBind, (target: unknown, args) =>
  typeof target === 'function'
    ? boundFunction.make(target, args[0], ...args.slice(1))
    : (Reflect.apply(nativeBind, target, args) as unknown),
);
