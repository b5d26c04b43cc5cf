/**
 * HOT PATH. Generator objects of durable modules (ECMA-262 section 27.5): a resume function with its position and live
 * variables. They run on the caller's stack and belong to no instance.
 *
 * Owns: states of generators. Invariants:
 * G1. A generator runs at most once at a time. None runs while a snapshot is taken.
 * G2. A suspended one holds exactly what is live at its position; one that has ended holds nothing.
 * G3. The array of live variables belongs to the frame alone: compiled code puts new values into it (src/compiler/3-lower/kept-slots.ts).
 */
import { SUSPENDED } from '../frame-abi.ts';
import type { Delegation } from './delegation.ts';
import { describe } from './describe.ts';
import type { FunctionRecord } from './function-record.ts';
import { type CompletionKind, give, NEXT, RETURN, THROW } from './resumption.ts';
import { ReturnArgument } from './stamp.ts';

/** Its body has not begun. */
const START = 0;
/** At a `yield`. */
const YIELDED = 1;
const RUNNING = 2;
const ENDED = 3;
/** At a `yield*`: the inner iterator's result object goes out as it is. */
const PASSED = 4;

export interface GeneratorState {
  readonly fn: FunctionRecord;
  readonly at: number;
  readonly slots: readonly unknown[];
  readonly started: boolean;
}

/** One run of a generator function. Compiled code gets it as its frame; nobody else sees it. */
export class GeneratorFrame {
  /** Null when it has ended, and `slots` with it. */
  fn: FunctionRecord | null;
  slots: readonly unknown[] | null;
  at = 0;
  state = START;
  /** On its way out of a `yield`; the delegation at a `yield*`. */
  value: unknown = undefined;

  constructor(fn: FunctionRecord | null, slots: readonly unknown[] | null) {
    this.fn = fn;
    this.slots = slots;
  }

  /** Parameters are bound; the body begins at `at`. */
  place(at: number, slots: readonly unknown[]): void {
    this.at = at;
    this.slots = slots;
  }

  resume(kind: CompletionKind, value: unknown): IteratorResult<unknown> {
    const { state } = this;
    if (state === ENDED) return { value: undefined, done: true };
    if (state === RUNNING) throw new TypeError('Generator is already running');
    this.state = RUNNING;
    if (state === PASSED && kind === NEXT) {
      // Straight to the inner iterator: the body need not know.
      const delegation = this.value as Delegation;
      if (delegation.forward(value)) {
        this.state = PASSED;
        return delegation.take() as IteratorResult<unknown>;
      }
    }
    give(kind, value);
    let result: unknown;
    try {
      const resume = this.fn!.resume!;
      result = resume(this, this.slots!, this.at);
    } catch (error) {
      this.end();
      throw error;
    }
    if (result !== SUSPENDED) {
      this.end();
      return { value: result, done: true };
    }
    const yielded = this.value;
    if ((this.state as number) === PASSED) return (yielded as Delegation).take() as IteratorResult<unknown>;
    this.value = undefined;
    return { value: yielded, done: false };
  }

  end(): void {
    this.state = ENDED;
    this.fn = null;
    this.slots = null;
    this.value = undefined;
  }
}

/** ECMA-262 GeneratorYield. */
export function yieldValue(
  frame: GeneratorFrame,
  value: unknown,
  at: number,
  slots: readonly unknown[],
): typeof SUSPENDED {
  frame.value = value;
  frame.at = at;
  frame.slots = slots;
  frame.state = YIELDED;
  return SUSPENDED;
}

/** `yield*`: the inner iterator's result is handed out as it is. */
export function passResult(
  frame: GeneratorFrame,
  delegation: Delegation,
  at: number,
  slots: readonly unknown[],
): typeof SUSPENDED {
  frame.value = delegation;
  frame.at = at;
  frame.slots = slots;
  frame.state = PASSED;
  return SUSPENDED;
}

/**
 * The generator that a closure made last, and its frame: each closure's generators have a hidden class of their own, so that V8 has to
 * search for the private field at every `next`.
 */
let recent: object | undefined = undefined;
let recentFrame: GeneratorFrame | undefined = undefined;

export function noteRecent(generator: object, frame: GeneratorFrame): object {
  recent = generator;
  recentFrame = frame;
  return generator;
}

/** At the end of a turn, so that nothing of an instance that is over is kept. */
export function forgetRecent(): void {
  recent = undefined;
  recentFrame = undefined;
}

/** @throws TypeError if `generator` is none. */
let frameOf: (generator: DurableGenerator, method: string) => GeneratorFrame;
export let isDurableGenerator: (value: object) => value is DurableGenerator;
/** Undefined for one that has ended. */
export let generatorState: (generator: DurableGenerator) => GeneratorState | undefined;
/** After a restore; without `state` it has ended. */
export let setGeneratorState: (generator: DurableGenerator, state: GeneratorState | undefined) => void;

/**
 * The one private field is put onto an object that has its prototype already: many times as fast as giving it another prototype afterwards.
 */
export class DurableGenerator extends ReturnArgument {
  readonly #frame: GeneratorFrame;

  constructor(object: object, frame: GeneratorFrame) {
    super(object);
    this.#frame = frame;
  }

  static {
    frameOf = (generator, method) => {
      if (generator === recent) return recentFrame!;
      // One look at a private field: asking whether it is there would be a second one, and the most of what `next` costs.
      try {
        return generator.#frame;
      } catch {
        throw incompatible(method, generator);
      }
    };
    isDurableGenerator = (value): value is DurableGenerator => #frame in value;
    generatorState = (generator) => {
      const { fn, at, slots, state } = generator.#frame;
      return fn === null ? undefined : { fn, at, slots: slots!, started: state !== START };
    };
    setGeneratorState = (generator, state) => {
      const frame = generator.#frame;
      frame.state = state === undefined ? ENDED : state.started ? YIELDED : START;
      frame.fn = state?.fn ?? null;
      frame.at = state?.at ?? 0;
      frame.slots = state?.slots ?? null;
    };
  }

  next(value: unknown): IteratorResult<unknown> {
    return frameOf(this, 'next').resume(NEXT, value);
  }

  return(value: unknown): IteratorResult<unknown> {
    const frame = frameOf(this, 'return');
    if (frame.state === START) frame.end();
    if (frame.state === ENDED) return { value, done: true };
    return frame.resume(RETURN, value);
  }

  throw(error: unknown): IteratorResult<unknown> {
    const frame = frameOf(this, 'throw');
    if (frame.state === START) frame.end();
    if (frame.state === ENDED) throw error;
    return frame.resume(THROW, error);
  }
}

function incompatible(method: string, receiver: unknown): TypeError {
  return new TypeError(`${method} method called on incompatible receiver ${describe(receiver)}`);
}
