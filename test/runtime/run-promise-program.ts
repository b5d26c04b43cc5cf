/** Runs a program of `promise-programs.ts` with one of the two promises; gives what it logged. */
import { JobQueue } from '../../src/runtime/job-queue.ts';
import { enterTurn, type Job, type Owner, type OwnerContext } from '../../src/runtime/owner.ts';
import '../../src/runtime/promise-combinators.ts';
import { DurablePromise, runJob, valueOf } from '../../src/runtime/promise.ts';

/** What every program can call besides `log`. */
export const TICKS = `const ticks = (name, count) => {
  let promise = Promise.resolve();
  for (let number = 1; number <= count; number++) promise = promise.then(() => log(name + number));
};`;

type Log = (...values: unknown[]) => void;

function compile(text: string): (promise: unknown, log: Log) => void {
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- the programs are text of this project
  return new Function('Promise', 'log', `'use strict'; ${TICKS}\n${text}`) as (
    promise: unknown,
    log: Log,
  ) => void;
}

function makeLog(): { lines: string[]; log: Log } {
  const lines: string[] = [];
  return { lines, log: (...values) => lines.push(values.map(String).join(' ')) };
}

/** With the engine's own promise. The first unhandled rejection is the last line. */
export async function runNatively(text: string): Promise<string[]> {
  const { lines, log } = makeLog();
  const lost: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  const note = (reason: unknown): void => void lost.push(reason);
  // The test runner listens, too, and would report rejections that are meant.
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  try {
    compile(text)(globalThis.Promise, log);
    // Jobs, then the host's look at rejections, then this.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', note);
    for (const listener of others) process.on('unhandledRejection', listener);
  }
  if (lost.length > 0) lines.push(`unhandled ${String(lost[0])}`);
  return lines;
}

/** With the durable promise, on a job queue of its own. */
export function runDurably(text: string): string[] {
  const { lines, log } = makeLog();
  const lost = new Set<DurablePromise>();
  const context: OwnerContext = { id: 'program', owner: undefined, seat: 0 };
  const owner: Owner = {
    context,
    jobs: new JobQueue<Job | DurablePromise>(),
    waiting: { frames: [], limit: 8 },
    unhandled: (promise) => lost.add(promise),
    handled: (promise) => lost.delete(promise),
    watch: () => undefined,
    wake: () => undefined,
    follow: () => log('followed a native promise'),
  };
  context.owner = owner;
  const before = enterTurn(context);
  try {
    compile(text)(DurablePromise, log);
    for (let job = owner.jobs.shift(); job !== undefined; job = owner.jobs.shift()) {
      runJob(job);
    }
  } finally {
    enterTurn(before);
  }
  for (const promise of lost) {
    lines.push(`unhandled ${String(valueOf(promise))}`);
    break;
  }
  return lines;
}
