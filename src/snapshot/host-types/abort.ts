/**
 * AbortController and AbortSignal: after a restore they are native ones again, so that `fetch` and the like accept them.
 *
 * A signal is saved with its listeners; a controller is what comes with its signal. A signal of `AbortSignal.any` is made again from the
 * signals it follows. Listeners that native code added (a `fetch` that is over leaves one behind) are not saved: what they would
 * have stopped does not exist after a restore.
 */
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import { HostRefusal, type HostType, type SnapshotContext } from '../snapshot-context.ts';
import { addListeners, isInternal, type Listener, listenersOf, writeListener } from './listeners.ts';

const signalOf = getterOf<AbortSignal>(AbortController.prototype, 'signal');
const isAborted = getterOf<boolean>(AbortSignal.prototype, 'aborted');
const reasonOf = getterOf<unknown>(AbortSignal.prototype, 'reason');
const abort = methodOf<[unknown], void>(AbortController.prototype, 'abort');
/** Of the signals that were restored. */
const controllers = new WeakMap<AbortSignal, AbortController>();

function internal(signal: object, description: string): unknown {
  const key = Object.getOwnPropertySymbols(signal).find((symbol) => symbol.description === description);
  return key === undefined ? undefined : Object.getOwnPropertyDescriptor(signal, key)!.value;
}

/** The signals that a signal of `AbortSignal.any` follows; undefined for others. */
function sourcesOf(signal: AbortSignal): AbortSignal[] | undefined {
  if (isAborted(signal) || internal(signal, 'kComposite') !== true) return undefined;
  const references = internal(signal, 'kSourceSignals') as Iterable<WeakRef<AbortSignal>> | undefined;
  if (references === undefined) {
    throw new HostRefusal(
      'a signal of AbortSignal.any() whose signals this version of Node does not tell',
      'Call AbortSignal.any() after the suspension point.',
    );
  }
  return [...references].map((reference) => reference.deref()).filter((source) => source !== undefined);
}

function isOwn(listener: Listener, context: SnapshotContext): boolean {
  const callback = listener.handler ?? listener.callback;
  return (
    typeof callback !== 'function' ||
    context.referenceOf(callback) !== undefined ||
    context.closureOf(callback) !== undefined
  );
}

const signal: HostType<AbortSignal> = {
  name: 'AbortSignal',
  prototype: AbortSignal.prototype,
  is: (value) => succeeds(() => isAborted(value)),
  parts(value) {
    if (!isAborted(value) && internal(value, 'kTimeout') === true) {
      throw new HostRefusal(
        'a signal of AbortSignal.timeout() called by native code',
        'Call AbortSignal.timeout() in the script: its time goes on after a restore.',
      );
    }
    return sourcesOf(value) ?? [];
  },
  make(sources) {
    if (sources.length > 0) return AbortSignal.any(sources as AbortSignal[]);
    const controller = new AbortController();
    const made = signalOf(controller);
    controllers.set(made, controller);
    return made;
  },
  content(value, context) {
    const listeners = listenersOf(value).filter((listener) => {
      if (!listener.weak) return isOwn(listener, context);
      throw new HostRefusal(
        'an AbortSignal that removes a listener (addEventListener with a signal)',
        'Call removeEventListener yourself when the signal aborts.',
      );
    });
    return [isAborted(value) ? [reasonOf(value)] : null, ...listeners.flatMap(writeListener)];
  },
  fill(value, content) {
    const [reasons] = content;
    if (reasons !== null) abort(controllers.get(value)!, (reasons as unknown[])[0]);
    addListeners(value, content, 1);
  },
  hides: isInternal,
};

const controller: HostType<AbortController> = {
  name: 'AbortController',
  prototype: AbortController.prototype,
  is: (value) => succeeds(() => signalOf(value)),
  parts: (value) => [signalOf(value)],
  make([of]) {
    const made = controllers.get(of as AbortSignal);
    if (made === undefined) throw new TypeError('a signal without a controller');
    return made;
  },
};

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

export const ABORT_TYPES: readonly HostType[] = [signal, controller];
