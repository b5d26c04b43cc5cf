/**
 * Built-in methods whose native result no snapshot can hold, each with a form of the runtime's own that gives a capturable one.
 *
 * Owns: the table of them. Invariant: a form does what its method does, errors and order of lookups included; where it
 * cannot (a receiver of another kind), it calls the method itself.
 */

/** What stands in for a method: called with the receiver and the arguments of the call. */
export type Form = (receiver: any, args: readonly unknown[]) => unknown;

const forms = new Map<unknown, Form>();

/** `method`: undefined where this runtime does not have it. */
export function setForm(method: unknown, form: Form): void {
  if (typeof method === 'function') forms.set(method, form);
}

export function hasForm(method: unknown): boolean {
  return forms.has(method);
}

/** Calls `method`, or what stands in for it. */
export function callForm(method: Function, receiver: unknown, args: readonly unknown[]): unknown {
  const form = forms.get(method);
  return form === undefined ? (Reflect.apply(method, receiver, args) as unknown) : form(receiver, args);
}

const nativeCall: unknown = Reflect.get(Function.prototype, 'call');
const nativeApply: unknown = Reflect.get(Function.prototype, 'apply');
const reflectApply: unknown = Reflect.get(Reflect, 'apply');

// `Array.prototype.values.call(arguments)`, `Reflect.apply(map.values, map, [])`.
setForm(nativeCall, (target: Function, args) =>
  hasForm(target)
    ? callForm(target, args[0], args.slice(1))
    : (Reflect.apply(nativeCall as Function, target, args) as unknown),
);
setForm(nativeApply, (target: Function, args) =>
  hasForm(target) && isArguments(args[1])
    ? callForm(target, args[0], Array.from(args[1] ?? []))
    : (Reflect.apply(nativeApply as Function, target, args) as unknown),
);
setForm(reflectApply, (_receiver, args) =>
  hasForm(args[0]) && Array.isArray(args[2])
    ? callForm(args[0] as Function, args[1], Array.from(args[2]))
    : (Reflect.apply(reflectApply as Function, Reflect, args) as unknown),
);

function isArguments(value: unknown): value is unknown[] | undefined | null {
  return value === undefined || value === null || Array.isArray(value);
}

/** `target[key]` as a function that is called at once: `$method(text, 'matchAll')(pattern)`. */
export function method(target: any, key: PropertyKey, text: string): (...args: unknown[]) => unknown {
  const fn: unknown = target[key];
  return (...args) => {
    if (typeof fn !== 'function') throw new TypeError(`${text} is not a function`);
    return callForm(fn, target, args);
  };
}
