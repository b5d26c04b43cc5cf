/**
 * Async generator objects of durable modules (ECMA-262 section 27.6). The body runs in a frame like that of an async
 * function, so that `await` in it is the same; the frame's promise is never seen by anybody. Requests wait in a queue.
 *
 * Owns: states and queues of async generators. Invariants:
 * A1. The frame exists from the first request that starts the body; its only reaction is the machine.
 * A2. While the body runs or awaits, the first request of the queue is the one that it works for.
 * A3. Everything is data: a snapshot holds a generator in any state, with its requests.
 */
import { type ResumeFunction, SUSPENDED } from '../frame-abi.ts';
import { describe } from './describe.ts';
import { refused } from './entering.ts';
import type { FunctionRecord } from './function-record.ts';
import {
  contextOutside,
  inTurn,
  type Job,
  type Owner,
  type OwnerContext,
  requireOwner,
  turn,
} from './owner.ts';
import {
  awaitValue,
  type DurablePromise,
  frameState,
  makePromise,
  park,
  promiseFor,
  react,
  type Reaction,
  resolve,
  runJob,
  settle,
  take,
  waiterOf,
} from './promise.ts';
import { type CompletionKind, give, NEXT, RETURN, THROW } from './resumption.ts';
import { ReturnArgument } from './stamp.ts';

/** States: its body has not begun; it stands at a `yield`; it runs or awaits; it ended and works off its queue; it ended. */
export const START = 0;
export const YIELDED = 1;
const RUNNING = 2;
const DRAINING = 3;
export const ENDED = 4;

/** What the frame awaits for the runtime: nothing; the operand of `yield`; a value given to `return`. */
const NONE = 0;
const OPERAND = 1;
const RETURNING = 2;
/** The body handed over a value that needs no wait. */
const PASSED = 3;

const NOTHING: readonly unknown[] = [];

export class AsyncRequest {
  kind: CompletionKind;
  value: unknown;
  promise: DurablePromise;

  constructor(kind: CompletionKind, value: unknown, promise: DurablePromise) {
    this.kind = kind;
    this.value = value;
    this.promise = promise;
  }
}

export class AsyncGeneratorMachine implements Reaction {
  state = START;
  phase = NONE;
  /** Of a `yield*`, while it is handed over. */
  value: unknown = undefined;
  queue: AsyncRequest[] = [];
  frame: DurablePromise | undefined = undefined;
  /** Whose code the body is: of the instance that made the generator. */
  context: OwnerContext | undefined = turn.of ?? contextOutside();
  /** Undefined when it has ended. */
  fn: FunctionRecord | undefined;
  /** Until the body begins. */
  at = 0;
  slots: readonly unknown[];

  constructor(fn: FunctionRecord | undefined, slots: readonly unknown[]) {
    this.fn = fn;
    this.slots = slots;
  }

  get owner(): Owner {
    return this.context!.owner!;
  }

  /** The frame never settles. */
  trigger(): void {}

  place(at: number, slots: readonly unknown[]): void {
    this.at = at;
    this.slots = slots;
  }

  /** `next`, `throw` and `return`. */
  ask(kind: CompletionKind, value: unknown): DurablePromise {
    const promise = makePromise(this.owner);
    if (this.state === START && kind !== NEXT) this.#leave(ENDED);
    if (this.state === ENDED && kind !== RETURN) {
      if (kind === THROW) settle(promise, value, true);
      else resolve(promise, { value: undefined, done: true });
      return promise;
    }
    this.queue.push(new AsyncRequest(kind, value, promise));
    if (this.state === ENDED) this.drain();
    else if (this.state === START || this.state === YIELDED) this.#resume();
    return promise;
  }

  /** Goes on for the first request (AsyncGeneratorResume, AsyncGeneratorUnwrapYieldResumption). */
  #resume(): void {
    const { kind, value } = this.queue[0]!;
    this.state = RUNNING;
    if (this.frame === undefined) {
      this.frame = makePromise(this.owner);
      park(this.frame, this.fn!, this.at, this.slots);
      react(this.frame, this);
      this.slots = NOTHING;
    } else if (kind === RETURN) {
      const { at, slots } = frameState(this.frame)!;
      this.phase = RETURNING;
      awaitValue(this.frame, value, at, slots);
      return;
    }
    give(kind, value);
    runJob(this.frame);
  }

  /** The frame goes on: with the body, unless it has awaited something for the runtime. */
  drive(body: ResumeFunction, frame: DurablePromise, slots: readonly unknown[], at: number): void {
    const { phase } = this;
    if (phase !== NONE) {
      this.phase = NONE;
      let value: unknown;
      let rejected = false;
      try {
        value = take(frame);
      } catch (error) {
        rejected = true;
        value = error;
      }
      if (phase === OPERAND && !rejected) {
        this.#deliver(value);
        return;
      }
      give(rejected ? THROW : RETURN, value);
    }
    let result: unknown;
    try {
      result = body(frame, slots, at);
    } catch (error) {
      this.#end(error, true);
      return;
    }
    if (result !== SUSPENDED) this.#end(result, false);
    else if ((this.phase as number) === PASSED) {
      const { value } = this;
      this.phase = NONE;
      this.value = undefined;
      this.#deliver(value);
    }
  }

  /** AsyncGeneratorYield, after its Await. */
  #deliver(value: unknown): void {
    const { promise } = this.#answered();
    resolve(promise, { value, done: false });
    if (this.queue.length > 0) this.#resume();
    else this.state = YIELDED;
  }

  /** Takes the first request out of the queue. Most often it is the only one, and `pop` costs less. */
  #answered(): AsyncRequest {
    const { queue } = this;
    return queue.length === 1 ? queue.pop()! : queue.shift()!;
  }

  #end(value: unknown, rejected: boolean): void {
    this.#leave(DRAINING);
    const { promise } = this.#answered();
    if (rejected) settle(promise, value, true);
    else resolve(promise, { value, done: true });
    this.drain();
  }

  /** AsyncGeneratorDrainQueue. */
  drain(): void {
    while (this.queue.length > 0) {
      const { kind, value, promise } = this.queue[0]!;
      if (kind === RETURN) {
        this.state = DRAINING;
        if (this.#awaitReturn(value)) return;
        continue;
      }
      this.queue.shift();
      if (kind === THROW) settle(promise, value, true);
      else resolve(promise, { value: undefined, done: true });
    }
    this.state = ENDED;
  }

  /** AsyncGeneratorAwaitReturn. False if it has failed already. */
  #awaitReturn(value: unknown): boolean {
    let awaited: DurablePromise;
    try {
      awaited = promiseFor(value, this.owner);
    } catch (error) {
      settle(this.queue.shift()!.promise, error, true);
      return false;
    }
    react(awaited, new ReturnReaction(this));
    return true;
  }

  #leave(state: number): void {
    this.state = state;
    if (this.frame !== undefined) park(this.frame, null, 0, null);
    this.frame = undefined;
    this.fn = undefined;
    this.slots = NOTHING;
  }
}

/** `return` of a generator that has ended: its request is answered when the value has settled. */
export class ReturnReaction implements Reaction, Job {
  machine: AsyncGeneratorMachine;
  value: unknown = undefined;
  rejected = false;

  constructor(machine: AsyncGeneratorMachine) {
    this.machine = machine;
  }

  trigger(owner: Owner, value: unknown, rejected: boolean): void {
    this.value = value;
    this.rejected = rejected;
    owner.jobs.push(this);
  }

  run(): void {
    const { promise } = this.machine.queue.shift()!;
    if (this.rejected) settle(promise, this.value, true);
    else resolve(promise, { value: this.value, done: true });
    this.machine.drain();
  }
}

/** The resume function of a generator's frame, made from that of its body. */
export function driverOf(body: ResumeFunction): ResumeFunction {
  return (frame: DurablePromise, slots, at) => {
    (waiterOf(frame) as AsyncGeneratorMachine).drive(body, frame, slots, at);
    return SUSPENDED;
  };
}

/** `yield`: awaits its operand, then hands it over. */
export function asyncYield(
  frame: DurablePromise,
  value: unknown,
  at: number,
  slots: readonly unknown[],
): typeof SUSPENDED {
  (waiterOf(frame) as AsyncGeneratorMachine).phase = OPERAND;
  return awaitValue(frame, value, at, slots);
}

/** `yield*`: hands over a value that has been awaited. */
export function asyncPass(
  frame: DurablePromise,
  value: unknown,
  at: number,
  slots: readonly unknown[],
): typeof SUSPENDED {
  const machine = waiterOf(frame) as AsyncGeneratorMachine;
  machine.phase = PASSED;
  machine.value = value;
  park(frame, machine.fn!, at, slots);
  return SUSPENDED;
}

/** Where a generator stands whose body neither runs nor waits; undefined for others. */
export function standing({
  state,
  frame,
  fn,
  at,
  slots,
}: AsyncGeneratorMachine): { fn: FunctionRecord; at: number; slots: readonly unknown[] } | undefined {
  if (state === START && fn !== undefined) return { fn, at, slots };
  return state === YIELDED ? frameState(frame!) : undefined;
}

export let isDurableAsyncGenerator: (value: object) => value is DurableAsyncGenerator;
/** Undefined if `value` is no async generator. */
let machineOf: (value: DurableAsyncGenerator) => AsyncGeneratorMachine | undefined;
export let machineIn: (generator: DurableAsyncGenerator) => AsyncGeneratorMachine;
/** After a restore. */
export let setMachine: (generator: DurableAsyncGenerator, machine: AsyncGeneratorMachine) => void;

/** Made as `DurableGenerator` is. */
export class DurableAsyncGenerator extends ReturnArgument {
  #machine: AsyncGeneratorMachine;

  constructor(object: object, machine: AsyncGeneratorMachine) {
    super(object);
    this.#machine = machine;
  }

  static {
    isDurableAsyncGenerator = (value): value is DurableAsyncGenerator => #machine in value;
    machineIn = (generator) => generator.#machine;
    machineOf = (value) => {
      // One look at the private field, not two.
      try {
        return value.#machine;
      } catch {
        return undefined;
      }
    };
    setMachine = (generator, machine) => {
      generator.#machine = machine;
    };
  }

  next(value: unknown): object {
    return request(this, NEXT, value, 'next');
  }

  return(value: unknown): object {
    return request(this, RETURN, value, 'return');
  }

  throw(error: unknown): object {
    return request(this, THROW, error, 'throw');
  }
}

function request(
  receiver: DurableAsyncGenerator,
  kind: CompletionKind,
  value: unknown,
  method: string,
): object {
  const machine = machineOf(receiver);
  if (machine === undefined) {
    const promise = makePromise(requireOwner());
    const message = `${method} method called on incompatible receiver ${describe(receiver)}`;
    settle(promise, new TypeError(message), true);
    return promise;
  }
  const context = (machine.context ??= turn.of ?? contextOutside());
  if (context?.owner === undefined) return refused('An async generator', context);
  // Native code may ask, or another instance: it runs in the turn of its own.
  return context === turn.of ? machine.ask(kind, value) : askInTurn(context, machine, kind, value);
}

const askInTurn = (
  context: OwnerContext,
  machine: AsyncGeneratorMachine,
  kind: CompletionKind,
  value: unknown,
): object => inTurn(context, () => machine.ask(kind, value));
