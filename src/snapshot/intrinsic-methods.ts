/**
 * The engine's own getters and methods as functions of their receiver. Calling them through the object could run the author's code:
 * a subclass may override them, an own property may hide them.
 */
const call = Reflect.get(Function.prototype, 'call') as Function;

/** The getter `name` of a built-in prototype. Throws a TypeError for a receiver that is not of that class. */
export function getterOf<T>(prototype: object, name: PropertyKey): (receiver: object) => T {
  const property: unknown = Object.getOwnPropertyDescriptor(prototype, name);
  return call.bind(Reflect.get(property as object, 'get') as never) as (receiver: object) => T;
}

/** The method `name` of a built-in prototype. */
export function methodOf<A extends unknown[], T>(
  prototype: object,
  name: PropertyKey,
): (receiver: object, ...args: A) => T {
  const property: unknown = Object.getOwnPropertyDescriptor(prototype, name);
  return call.bind(Reflect.get(property as object, 'value') as never) as (receiver: object, ...args: A) => T;
}
