/** What a test gets to see of a run. */
import type { CrashPoint } from './crash-point.ts';
import type { SentMessage } from './sent-message.ts';
import { matchesSubject } from './subject-pattern.ts';

/** A checkpoint that became durable. */
export interface TestCheckpoint {
  /** From 1. */
  readonly number: number;
  /** Where the script stood: `payment.ts:71:3`. With several branches, the one that asked for it. */
  readonly place: string;
  /** Size of the snapshot. */
  readonly bytes: number;
  /** Which life of the script made it, from 1. */
  readonly life: number;
  /** Milliseconds since the epoch, in the time of the script. */
  readonly time: number;
}

export interface ScriptRunData {
  readonly ending:
    | { readonly status: 'completed'; readonly value: unknown }
    | { readonly status: 'failed'; readonly error: unknown };
  readonly id: string;
  readonly messages: readonly SentMessage[];
  readonly checkpoints: readonly TestCheckpoint[];
  readonly crashes: readonly CrashPoint[];
  readonly lives: number;
  readonly elapsed: number;
  readonly story: readonly string[];
}

/** A run of a script that is over. */
export class ScriptRun<R = unknown> {
  /** Id of the instance, as `self.id` has it. */
  readonly id: string;
  /** All that was sent, in order: calls (each try), published messages, replies. Those of all lives. */
  readonly messages: readonly SentMessage[];
  readonly checkpoints: readonly TestCheckpoint[];
  /** The crashes that happened. */
  readonly crashes: readonly CrashPoint[];
  /** How often it was started: once, and once more after each crash. */
  readonly lives: number;
  /** How long it took in the time of the script, milliseconds. */
  readonly elapsed: number;
  readonly #data: ScriptRunData;

  constructor(data: ScriptRunData) {
    this.#data = data;
    this.id = data.id;
    this.messages = data.messages;
    this.checkpoints = data.checkpoints;
    this.crashes = data.crashes;
    this.lives = data.lives;
    this.elapsed = data.elapsed;
  }

  get status(): 'completed' | 'failed' {
    return this.#data.ending.status;
  }

  /** What the script returned, as a requester gets it: it has been through JSON. Throws what the script threw if it failed. */
  get result(): R {
    const { ending } = this.#data;
    if (ending.status === 'failed') throw ending.error;
    return ending.value as R;
  }

  /** What the script threw; undefined if it completed. */
  get error(): unknown {
    const { ending } = this.#data;
    return ending.status === 'failed' ? ending.error : undefined;
  }

  /** What was given to `reply()`, in order. */
  get replies(): readonly unknown[] {
    return this.messages.filter(({ kind }) => kind === 'reply').map(({ data }) => data);
  }

  /** What was sent to a subject by `call()` and `publish()`. `*` stands for one word: `bank.*`. */
  sent(subject: string): readonly SentMessage[] {
    return this.messages.filter((message) => matchesSubject(message, subject));
  }

  /** What happened, one line each: for a message when an assertion fails, or to read. */
  describe(): string {
    return this.#data.story.join('\n');
  }
}
