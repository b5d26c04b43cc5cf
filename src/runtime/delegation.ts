/** `yield*` of generators: the inner iterator, and what it was last asked (ECMA-262 15.5.5, YieldExpression). */
import { describe } from './describe.ts';
import { isObject, iteratorOf, methodOf, type ProtocolIteration } from './iterator-protocol.ts';
import { type CompletionKind, NEXT, RETURN, takeCompletion, THROW } from './resumption.ts';

const ENDED = 1;
const FAILED = 2;
const NO_THROW = "The iterator does not provide a 'throw' method";

export class Delegation {
  iterator: object;
  advanceMethod: unknown;
  /** What the generator was resumed with and has not passed on yet. */
  kind: CompletionKind = NEXT;
  received: unknown = undefined;
  result: unknown = undefined;
  /** It ended because of a return: the generator returns, too. */
  returning = false;
  /** How `forward` ended, until the generator has gone on. */
  forwarded: typeof ENDED | typeof FAILED | undefined = undefined;

  constructor({ iterator, advance }: ProtocolIteration) {
    this.iterator = iterator;
    this.advanceMethod = advance;
  }

  /**
   * `next(value)` while the generator stands at its `yield*`. True: `take` gives a result object to pass on. False: the generator has to
   * go on, and finds in `advance` what happened.
   */
  forward(value: unknown): boolean {
    let answer: unknown;
    try {
      answer = Reflect.apply(this.advanceMethod as Function, this.iterator, [value]);
      if (!isObject(answer)) throw notAnObject(answer);
      if (!(answer as IteratorResult<unknown>).done) {
        this.result = answer;
        return true;
      }
      this.result = (answer as IteratorResult<unknown>).value;
      this.forwarded = ENDED;
    } catch (error) {
      this.result = error;
      this.forwarded = FAILED;
    }
    return false;
  }

  /** Asks the inner iterator. True: `take` gives a result object to pass on; false: it has ended, `take` gives its value. */
  advance(): boolean {
    const { iterator, kind, received, forwarded } = this;
    if (forwarded) {
      this.forwarded = undefined;
      if (forwarded === FAILED) throw this.take();
      return false;
    }
    this.kind = NEXT;
    this.received = undefined;
    let answer: unknown;
    if (kind === NEXT) answer = Reflect.apply(this.advanceMethod as Function, iterator, [received]);
    else {
      const method = methodOf(iterator, kind === THROW ? 'throw' : 'return');
      if (method === undefined) {
        if (kind === THROW) throw withoutThrow(iterator);
        this.result = received;
        this.returning = true;
        return false;
      }
      answer = Reflect.apply(method, iterator, [received]);
    }
    if (!isObject(answer)) throw notAnObject(answer);
    if (!(answer as IteratorResult<unknown>).done) {
      this.result = answer;
      return true;
    }
    this.result = (answer as IteratorResult<unknown>).value;
    this.returning = kind === RETURN;
    return false;
  }

  /** Right after the generator was resumed. */
  receive(): void {
    ({ kind: this.kind, value: this.received } = takeCompletion());
  }

  /** The result, which is not kept. */
  take(): unknown {
    const { result } = this;
    this.result = undefined;
    return result;
  }
}

/** The inner iterator gets a chance to clean up, then this error tells what went wrong. */
function withoutThrow(iterator: object): TypeError {
  const method = methodOf(iterator, 'return');
  if (method !== undefined) {
    const answer: unknown = Reflect.apply(method, iterator, []);
    if (!isObject(answer)) throw new TypeError(`${String(answer)} is not an object`);
  }
  return new TypeError(NO_THROW);
}

export function delegate(iterable: unknown): Delegation {
  return new Delegation(iteratorOf(iterable));
}

/** What the wait for an answer is for: an answer; the end of an iterator without `throw`; the value of a return. */
const ANSWER = 0;
const CLOSING = 1;
const VALUE = 2;

/** `yield*` of async generators. `ask` gives what must be awaited, `answer` takes what came. */
export class AsyncDelegation {
  iterator: object;
  advanceMethod: unknown;
  kind: CompletionKind = NEXT;
  received: unknown = undefined;
  result: unknown = undefined;
  returning = false;
  purpose = ANSWER;

  constructor(iterator: object) {
    this.iterator = iterator;
    this.advanceMethod = (iterator as { next?: unknown }).next;
  }

  ask(): unknown {
    const { iterator, kind, received } = this;
    this.received = undefined;
    this.purpose = ANSWER;
    if (kind === NEXT) return Reflect.apply(this.advanceMethod as Function, iterator, [received]) as unknown;
    const method = methodOf(iterator, kind === THROW ? 'throw' : 'return');
    if (method !== undefined) return Reflect.apply(method, iterator, [received]) as unknown;
    if (kind === RETURN) {
      this.purpose = VALUE;
      return received;
    }
    const close = methodOf(iterator, 'return');
    if (close === undefined) throw new TypeError(NO_THROW);
    this.purpose = CLOSING;
    return Reflect.apply(close, iterator, []) as unknown;
  }

  /** True: `take` gives a value to hand over; false: the iterator has ended. */
  answer(answer: unknown): boolean {
    if (this.purpose === VALUE) {
      this.result = answer;
      this.returning = true;
      return false;
    }
    if (!isObject(answer)) throw notAnObject(answer);
    if (this.purpose === CLOSING) throw new TypeError(NO_THROW);
    const { done } = answer as IteratorResult<unknown>;
    this.result = (answer as IteratorResult<unknown>).value;
    this.returning = Boolean(done) && this.kind === RETURN;
    return !done;
  }

  receive(): void {
    ({ kind: this.kind, value: this.received } = takeCompletion());
  }

  take(): unknown {
    const { result } = this;
    this.result = undefined;
    return result;
  }
}

function notAnObject(answer: unknown): TypeError {
  return new TypeError(`Iterator result ${describe(answer)} is not an object`);
}
