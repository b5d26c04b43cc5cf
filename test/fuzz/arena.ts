/**
 * A worker that runs batches, replaced when a program never ends.
 *
 * Owns: the worker. Invariants:
 * 1. One task at a time.
 * 2. A task ends: with its result, or by the end of the worker after the limit.
 * 3. A worker runs a bounded number of programs, because modules that were loaded are never let go.
 */
import { Worker } from 'node:worker_threads';
import type { Difference, Program, Verdict } from './batch.ts';
import type { Mode } from './durable-run.ts';
import { type Answer, STEPS, type Task } from './task.ts';

const PROGRAMS_PER_WORKER = 4_000;

/** What never ended: the index of the program in the task, and what was done with it. */
export interface Hang {
  readonly index: number;
  readonly step: (typeof STEPS)[number];
}

export class Arena {
  #worker: Worker | undefined;
  #place = new Int32Array(new SharedArrayBuffer(8));
  #programs = 0;
  readonly #limit: number;

  /** @param limit milliseconds after which a silent worker is ended. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  async run(task: Task): Promise<readonly Verdict[] | Hang> {
    if ((this.#programs += task.programs.length) > PROGRAMS_PER_WORKER) await this.close();
    const worker = (this.#worker ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<Answer | undefined>();
    const timer = setTimeout(resolve, this.#limit, undefined);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(task);
    try {
      const answer = await promise;
      if (answer?.verdicts) return answer.verdicts;
      const hang = { index: this.#place[0]!, step: STEPS[this.#place[1]!]! };
      await this.close();
      if (answer) throw new Error(answer.failure);
      return hang;
    } finally {
      clearTimeout(timer);
      worker.removeAllListeners('message');
      worker.removeAllListeners('error');
    }
  }

  /** The difference of one program; `only` restricts the comparison to one run. */
  async check(program: Program, only?: Mode | 'compile'): Promise<Difference | undefined> {
    const result = await this.run({ programs: [program], only });
    if ('step' in result) {
      const { step } = result;
      return step === 'native' ? undefined : { mode: step, native: '', got: 'never ended' };
    }
    return result[0]!.difference;
  }

  #start(): Worker {
    this.#programs = 0;
    return new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.#place.buffer,
      // Syntax trees die young.
      resourceLimits: { maxYoungGenerationSizeMb: 256 },
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
