/**
 * HOT PATH. Generator objects of durable modules (ECMA-262 section 27.5): a resume function with its position and live
 * variables. They run on the caller's stack and belong to no instance.
 *
 * Owns: states of generators. Invariants:
 * G1. A generator runs at most once at a time. None runs while a snapshot is taken.
 * G2. A suspended one holds exactly what is live at its position; one that has ended holds nothing.
 */
import { SUSPENDED } from '../frame-abi.ts';
import type { Delegation } from './delegation.ts';
import { describe } from './describe.ts';
import type { FunctionRecord } from './function-record.ts';
import { type CompletionKind, give, NEXT, RETURN, THROW } from './resumption.ts';

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

/** ECMA-262 GeneratorYield. */
export let yieldValue: (
  generator: DurableGenerator,
  value: unknown,
  at: number,
  slots: readonly unknown[],
) => typeof SUSPENDED;
/** `yield*`: the inner iterator's result is handed out as it is. */
export let passResult: (
  generator: DurableGenerator,
  delegation: Delegation,
  at: number,
  slots: readonly unknown[],
) => typeof SUSPENDED;
/** Parameters are bound; the body begins at `at`. */
export let placeGenerator: (generator: DurableGenerator, at: number, slots: readonly unknown[]) => void;
export let isDurableGenerator: (value: object) => value is DurableGenerator;
/** Undefined for one that has ended. */
export let generatorState: (generator: DurableGenerator) => GeneratorState | undefined;
/** After a restore; without `state` it has ended. */
export let setGeneratorState: (generator: DurableGenerator, state: GeneratorState | undefined) => void;

export class DurableGenerator {
  #fn: FunctionRecord | null;
  #slots: readonly unknown[] | null;
  #at = 0;
  #state = START;
  /** On its way out of a `yield`; the delegation at a `yield*`. */
  #value: unknown = undefined;

  constructor(fn: FunctionRecord | null, slots: readonly unknown[] | null) {
    this.#fn = fn;
    this.#slots = slots;
  }

  static {
    yieldValue = (generator, value, at, slots) => {
      generator.#value = value;
      generator.#at = at;
      generator.#slots = slots;
      generator.#state = YIELDED;
      return SUSPENDED;
    };
    passResult = (generator, delegation, at, slots) => {
      generator.#value = delegation;
      generator.#at = at;
      generator.#slots = slots;
      generator.#state = PASSED;
      return SUSPENDED;
    };
    placeGenerator = (generator, at, slots) => {
      generator.#at = at;
      generator.#slots = slots;
    };
    isDurableGenerator = (value): value is DurableGenerator => #state in value;
    generatorState = (generator) =>
      generator.#fn === null
        ? undefined
        : {
            fn: generator.#fn,
            at: generator.#at,
            slots: generator.#slots!,
            started: generator.#state !== START,
          };
    setGeneratorState = (generator, state) => {
      generator.#state = state === undefined ? ENDED : state.started ? YIELDED : START;
      generator.#fn = state?.fn ?? null;
      generator.#at = state?.at ?? 0;
      generator.#slots = state?.slots ?? null;
    };
  }

  next(value: unknown): IteratorResult<unknown> {
    if (!isObject(this) || !(#state in this)) throw incompatible('next', this);
    return this.#resume(NEXT, value);
  }

  return(value: unknown): IteratorResult<unknown> {
    if (!isObject(this) || !(#state in this)) throw incompatible('return', this);
    if (this.#state === START) this.#end();
    if (this.#state === ENDED) return { value, done: true };
    return this.#resume(RETURN, value);
  }

  throw(error: unknown): IteratorResult<unknown> {
    if (!isObject(this) || !(#state in this)) throw incompatible('throw', this);
    if (this.#state === START) this.#end();
    if (this.#state === ENDED) throw error;
    return this.#resume(THROW, error);
  }

  #resume(kind: CompletionKind, value: unknown): IteratorResult<unknown> {
    const state = this.#state;
    if (state === ENDED) return { value: undefined, done: true };
    if (state === RUNNING) throw new TypeError('Generator is already running');
    this.#state = RUNNING;
    if (state === PASSED && kind === NEXT) {
      // Straight to the inner iterator: the body need not know.
      const delegation = this.#value as Delegation;
      if (delegation.forward(value)) {
        this.#state = PASSED;
        return delegation.take() as IteratorResult<unknown>;
      }
    }
    give(kind, value);
    let result: unknown;
    try {
      const resume = this.#fn!.resume!;
      result = resume(this, this.#slots!, this.#at);
    } catch (error) {
      this.#end();
      throw error;
    }
    if (result !== SUSPENDED) {
      this.#end();
      return { value: result, done: true };
    }
    const yielded = this.#value;
    if ((this.#state as number) === PASSED) return (yielded as Delegation).take() as IteratorResult<unknown>;
    this.#value = undefined;
    return { value: yielded, done: false };
  }

  #end(): void {
    this.#state = ENDED;
    this.#fn = null;
    this.#slots = null;
    this.#value = undefined;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function incompatible(method: string, receiver: unknown): TypeError {
  return new TypeError(`${method} method called on incompatible receiver ${describe(receiver)}`);
}
