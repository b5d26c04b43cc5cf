/**
 * The listeners of a native EventTarget, read from where Node keeps them: nothing public tells their options. Checked once with a target of
 * our own; where the check fails, targets with listeners are refused.
 */
import { HostRefusal } from '../snapshot-context.ts';

export interface Listener {
  readonly type: string;
  readonly callback: unknown;
  readonly once: boolean;
  readonly capture: boolean;
  readonly passive: boolean;
  /** Registered by native code for an object that it must not keep alive. */
  readonly weak: boolean;
  /** The function behind `on...`, which native code calls through a function of its own; undefined for others. */
  readonly handler: unknown;
}

interface Node {
  readonly next: Node | undefined;
  readonly listener: unknown;
  readonly once: boolean;
  readonly capture: boolean;
  readonly passive: boolean;
  readonly weak: boolean;
  readonly isNodeStyleListener: boolean;
}

type Table = ReadonlyMap<string, { readonly next: Node | undefined }>;

function internal(target: object, description: string): unknown {
  const key = Object.getOwnPropertySymbols(target).find((symbol) => symbol.description === description);
  return key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key)!.value;
}

/** @throws HostRefusal if this Node keeps them in another way. */
export function listenersOf(target: EventTarget): Listener[] {
  if (!isKnown()) {
    throw new HostRefusal(
      'an EventTarget whose listeners this version of Node does not tell',
      'Add the listeners after the suspension point.',
    );
  }
  return read(target);
}

function read(target: EventTarget): Listener[] {
  const table = internal(target, 'kEvents') as Table | undefined;
  const handlers = internal(target, 'kHandlers') as ReadonlyMap<string, unknown> | undefined;
  const found: Listener[] = [];
  for (const [type, { next }] of table ?? []) {
    for (let node = next; node !== undefined; node = node.next) {
      const { listener, once, capture, passive } = node;
      const isHandler = handlers?.get(type) === listener;
      const handler: unknown = isHandler ? Reflect.get(listener as object, 'handler') : undefined;
      const weak = node.weak || node.isNodeStyleListener;
      const callback = node.weak ? (listener as WeakRef<object>).deref() : listener;
      if (callback !== undefined) found.push({ type, callback, once, capture, passive, weak, handler });
    }
  }
  return found;
}

let known: boolean | undefined;

function isKnown(): boolean {
  known ??= check();
  return known;
}

function check(): boolean {
  try {
    const { signal } = new AbortController();
    const first = (): void => {};
    const second = { handleEvent: first };
    signal.addEventListener('a', first, { once: true });
    signal.addEventListener('a', second, { capture: true, passive: true });
    signal.onabort = first;
    const [one, two, three, ...others] = read(signal);
    return (
      others.length === 0 &&
      one!.callback === first &&
      one!.once &&
      !one!.capture &&
      two!.callback === second &&
      two!.capture &&
      two!.passive &&
      !two!.once &&
      three!.type === 'abort' &&
      three!.handler === first
    );
  } catch {
    return false;
  }
}

/** Own properties in which Node keeps the state of an EventTarget or AbortSignal. */
const INTERNAL =
  /^(kEvents|events\.maxEventTargetListeners(Warned)?|kHandlers|kAborted|kReason|kComposite|kTimeout|kSourceSignals|kDependantSignals|kResultSignalWeakRef|kFollowing)$/;

export function isInternal(key: PropertyKey): boolean {
  return typeof key === 'symbol' && INTERNAL.test(key.description ?? '');
}

/** A listener as a list of values, and as many of them one after the other as content of a host type. */
export function writeListener({ type, callback, once, capture, passive, handler }: Listener): unknown[] {
  const options = (once ? 1 : 0) + (capture ? 2 : 0) + (passive ? 4 : 0) + (handler === undefined ? 0 : 8);
  return [type, options, handler === undefined ? callback : handler];
}

export const LISTENER_VALUES = 3;

export function addListener(target: EventTarget, [type, options, callback]: readonly unknown[]): void {
  const flags = options as number;
  if ((flags & 8) !== 0) {
    // A handler that was taken away keeps its place among the listeners.
    Reflect.set(target, `on${type as string}`, callback ?? (() => undefined));
    if (callback === null) Reflect.set(target, `on${type as string}`, null);
    return;
  }
  EventTarget.prototype.addEventListener.call(target, type as string, callback as () => void, {
    once: (flags & 1) !== 0,
    capture: (flags & 2) !== 0,
    passive: (flags & 4) !== 0,
  });
}

/** Content that begins at `from` as listeners of `target`. */
export function addListeners(target: EventTarget, content: readonly unknown[], from: number): void {
  for (let at = from; at < content.length; at += LISTENER_VALUES)
    addListener(target, content.slice(at, at + LISTENER_VALUES));
}
