/**
 * What Node's EventEmitter keeps in its instances besides plain data: two symbols, and the functions that `once` puts around listeners. With names
 * for the symbols and a way to make the functions again, an emitter is saved like any ordinary object.
 */
import { EventEmitter } from 'node:events';
import { OwnFunction } from './own-functions.ts';
import { stamp } from './stamp.ts';

type Wrapper = ((...args: unknown[]) => unknown) & { listener: Function };

function sampleEmitter(): { readonly emitter: EventEmitter; readonly wrapper: Function } {
  const emitter = new EventEmitter();
  emitter.once('x', () => {});
  emitter.on('y', () => {}).on('y', () => {});
  emitter.emit('y');
  return { emitter, wrapper: emitter.rawListeners('x')[0]! };
}

const sample = sampleEmitter();
const text = (fn: Function): string => Function.prototype.toString.call(fn);
const wrapperText = text(sample.wrapper);

/** Symbols under which every emitter has something, with the names that snapshots know them by. */
export const EMITTER_SYMBOLS: readonly (readonly [string, symbol])[] = [
  ...Object.getOwnPropertySymbols(sample.emitter),
  // Of a list of several listeners.
  ...Object.getOwnPropertySymbols((sample.emitter as unknown as { _events: { y: object } })._events.y),
].map((symbol) => [`node:events#@@${symbol.description}`, symbol]);

/** A listener that removes itself when it is called. Its emitter and event are those that it is called for. */
const onceWrapper = new OwnFunction<[Function]>(
  26,
  (listener) => {
    const wrapper = function wrapper(this: EventEmitter, ...args: unknown[]): unknown {
      for (const name of this.eventNames()) {
        if (this.rawListeners(name).includes(wrapper)) this.removeListener(name, wrapper);
      }
      return Reflect.apply(listener, this, args);
    };
    (wrapper as unknown as Wrapper).listener = listener;
    return wrapper;
  },
  (cells) => cells.length === 1 && typeof cells[0] === 'function',
);

/** Stamps a function that `emitter.once` of Node has made, so that it is a closure of the runtime from now on. False for any other. */
export function adoptOnceWrapper(fn: Function): boolean {
  const listener: unknown = Object.getOwnPropertyDescriptor(fn, 'listener')?.value;
  if (typeof listener !== 'function' || fn.name !== sample.wrapper.name || text(fn) !== wrapperText)
    return false;
  stamp(fn, onceWrapper, [listener]);
  return true;
}

export { EventEmitter };
