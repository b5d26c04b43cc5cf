/** EventTarget: an object with listeners, which must all be functions or objects that a snapshot can hold. */
import { HostRefusal, type HostType } from '../snapshot-context.ts';
import { addListeners, isInternal, listenersOf, writeListener } from './listeners.ts';

export const EVENT_TARGET: HostType<EventTarget> = {
  name: 'EventTarget',
  prototype: EventTarget.prototype,
  // Its subclasses in Node hold more than listeners; each has a type of its own or none.
  is: (value) =>
    Object.getOwnPropertySymbols(value).some(({ description }) => description === 'kEvents') &&
    !isNative(value),
  make: () => new EventTarget(),
  content(value) {
    return listenersOf(value).flatMap((listener) => {
      if (listener.weak) {
        throw new HostRefusal(
          'an EventTarget with a listener of native code',
          'Remove the listener before the suspension point, and add it again afterwards.',
        );
      }
      return writeListener(listener);
    });
  },
  fill: (value, content) => addListeners(value, content, 0),
  hides: isInternal,
};

/** Whether a class of Node itself stands between `value` and EventTarget. */
function isNative(value: object): boolean {
  for (
    let at = Object.getPrototypeOf(value) as object | null;
    at !== null && at !== EventTarget.prototype;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof constructor === 'function' && Reflect.get(globalThis, constructor.name) === constructor)
      return true;
  }
  return false;
}
