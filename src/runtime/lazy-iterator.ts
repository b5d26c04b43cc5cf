/**
 * The objects that `map`, `filter`, `take`, `drop`, `flatMap` of an iterator and `Iterator.concat` give (ECMA-262 27.1.2 to 27.1.4),
 * as data: which kind, the iterator underneath, the function, how far it is.
 *
 * Owns: that data. Invariants:
 * H1. A helper is running only while its `next` (or its closing, where the engine says so) is on the stack: a snapshot never sees it.
 * H2. After an exception, or the end, a helper is done for ever and holds nothing.
 */
import { CONCAT_CLOSES_FAILED, RUNS_WHILE_CLOSING } from './engine-differences.ts';
import { shapeKind } from './iterator-constructor.ts';
import {
  close,
  closeQuietly,
  END,
  flattenable,
  isDone,
  openIterator,
  step,
  stepOrClose,
} from './iterator-stepping.ts';

/** Numbers belong to the snapshot format. */
export const Kind = { map: 0, filter: 1, take: 2, drop: 3, flatMap: 4, concat: 5 } as const;
const Status = { fresh: 0, running: 1, done: 2, paused: 3 } as const;

export interface HelperState {
  kind: number;
  /** The iterator underneath; for concat the list of what is still to be opened: iterable, method, iterable, method ... */
  iterator: unknown;
  advance: unknown;
  /** The function of map, filter and flatMap. */
  fn: unknown;
  /** Values seen (map, filter, flatMap), or left to take or drop. */
  count: number;
  /** The open iterator of flatMap and concat. */
  inner: object | undefined;
  innerAdvance: unknown;
  status: number;
}

export class IteratorHelper {
  #state: HelperState;

  constructor(kind: number, iterator: unknown, advance: unknown, fn: unknown, count: number) {
    this.#state = {
      kind,
      iterator,
      advance,
      fn,
      count,
      inner: undefined,
      innerAdvance: undefined,
      status: Status.fresh,
    };
  }

  /** Undefined for anything else. */
  static state(value: unknown): HelperState | undefined {
    return typeof value === 'object' && value !== null && #state in value ? value.#state : undefined;
  }

  static read(helper: IteratorHelper): unknown[] {
    const { kind, iterator, advance, fn, count, inner, innerAdvance, status } = helper.#state;
    return [kind, iterator, advance, fn, count, inner, innerAdvance, status];
  }

  /** False if the fields cannot be right. */
  static write(helper: IteratorHelper, fields: readonly unknown[]): boolean {
    const [kind, iterator, advance, fn, count, inner, innerAdvance, status] = fields;
    const isPlausible =
      (status === Status.fresh || status === Status.paused || status === Status.done) &&
      Number.isInteger(kind) &&
      (kind as number) >= 0 &&
      (kind as number) <= Kind.concat &&
      typeof count === 'number' &&
      (status === Status.done ||
        (typeof iterator === 'object' && iterator !== null) ||
        typeof iterator === 'function') &&
      (inner === undefined || typeof inner === 'object' || typeof inner === 'function');
    if (isPlausible)
      helper.#state = { kind, iterator, advance, fn, count, inner, innerAdvance, status } as HelperState;
    return isPlausible;
  }
}

const nativeHelperPrototype = Object.getPrototypeOf([].values().map(String)) as {
  readonly next: Function;
  readonly return: Function;
};

const methods = {
  next(this: unknown): unknown {
    const state = IteratorHelper.state(this);
    // The native method knows the error, and helpers of its own.
    if (!state) return Reflect.apply(nativeHelperPrototype.next, this, []) as unknown;
    enter(state);
    if (state.status === Status.done) return { value: undefined, done: true };
    state.status = Status.running;
    let value: unknown;
    try {
      value = STEPS[state.kind]!(state);
    } catch (error) {
      finish(state);
      throw error;
    }
    if (value === END) {
      finish(state);
      return { value: undefined, done: true };
    }
    state.status = Status.paused;
    return { value, done: false };
  },
  return(this: unknown): unknown {
    const state = IteratorHelper.state(this);
    if (!state) return Reflect.apply(nativeHelperPrototype.return, this, []) as unknown;
    enter(state);
    if (state.status === Status.done) return { value: undefined, done: true };
    const { kind, iterator, inner } = state;
    closing(state, () => {
      if (inner === undefined) {
        if (kind !== Kind.concat) close(iterator as object);
      } else if (kind === Kind.concat) close(inner);
      else closeBoth(inner, iterator as object);
    });
    return { value: undefined, done: true };
  },
};

function closeBoth(inner: object, outer: object): void {
  try {
    close(inner);
  } catch (error) {
    closeQuietly(outer);
    throw error;
  }
  close(outer);
}

function enter(state: HelperState): void {
  if (state.status === Status.running) throw new TypeError('Generator is already running');
}

function finish(state: HelperState): void {
  state.status = Status.done;
  state.iterator = state.advance = state.fn = state.inner = state.innerAdvance = undefined;
}

/** Runs `body`, which closes what is underneath, and is then done. */
function closing(state: HelperState, body: () => void): void {
  if (!RUNS_WHILE_CLOSING || state.status === Status.fresh) finish(state);
  else state.status = Status.running;
  try {
    body();
  } finally {
    finish(state);
  }
}

type Step = (state: HelperState) => unknown;

/** Calls the function of `state`; closes what is underneath if it throws. */
function apply(state: HelperState, value: unknown): unknown {
  try {
    return Reflect.apply(state.fn as Function, undefined, [value, state.count]);
  } catch (error) {
    closeQuietly(state.iterator as object);
    throw error;
  }
}

const advance: Step = (state) => step(state.iterator as object, state.advance);

/** By `Kind`. */
const STEPS: readonly Step[] = [
  function map(state) {
    const value = advance(state);
    if (value === END) return END;
    const mapped = apply(state, value);
    state.count++;
    return mapped;
  },
  function filter(state) {
    for (;;) {
      const value = advance(state);
      if (value === END) return END;
      const isSelected = apply(state, value);
      state.count++;
      if (isSelected) return value;
    }
  },
  function take(state) {
    if (state.count === 0) {
      const iterator = state.iterator as object;
      finish(state);
      close(iterator);
      return END;
    }
    state.count--;
    return advance(state);
  },
  function drop(state) {
    while (state.count > 0) {
      state.count--;
      if (isDone(state.iterator as object, state.advance)) return END;
    }
    return advance(state);
  },
  function flatMap(state) {
    for (;;) {
      if (state.inner !== undefined) {
        let value: unknown;
        try {
          value = step(state.inner, state.innerAdvance);
        } catch (error) {
          closeQuietly(state.iterator as object);
          throw error;
        }
        if (value !== END) return value;
        state.inner = state.innerAdvance = undefined;
      }
      const outer = advance(state);
      if (outer === END) return END;
      const mapped = apply(state, outer);
      try {
        const inner = flattenable(mapped, false, 'Iterator.prototype.flatMap');
        state.innerAdvance = (inner as { next?: unknown }).next;
        state.inner = inner;
      } catch (error) {
        closeQuietly(state.iterator as object);
        throw error;
      }
      state.count++;
    }
  },
  function concat(state) {
    const rest = state.iterator as unknown[];
    for (;;) {
      if (state.inner !== undefined) {
        const value = CONCAT_CLOSES_FAILED
          ? stepOrClose(state.inner, state.innerAdvance)
          : step(state.inner, state.innerAdvance);
        if (value !== END) return value;
        state.inner = state.innerAdvance = undefined;
      }
      if (rest.length === 0) return END;
      const [iterable, method] = rest.splice(0, 2);
      const inner = openIterator(iterable, method as Function);
      state.innerAdvance = (inner as { next?: unknown }).next;
      state.inner = inner;
    }
  },
];

shapeKind(IteratorHelper.prototype, 'Iterator Helper', methods);
