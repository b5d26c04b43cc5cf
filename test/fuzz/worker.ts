/** Runs batches in a thread of its own, which can be ended when a program never ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { runBatch } from './batch.ts';
import { generate } from './program.ts';
import { type Answer, STEPS, type Task } from './task.ts';

/** [index of the program, index of the step]: readable from outside even when this thread never returns. */
const place = new Int32Array(workerData as SharedArrayBuffer);

parentPort!.on('message', ({ programs, only }: Task) => {
  const all = programs.map((program) => (typeof program === 'number' ? generate(program) : program));
  runBatch(
    all,
    (index, step) => {
      place[0] = index;
      place[1] = STEPS.indexOf(step);
    },
    only,
  ).then(
    (verdicts) => parentPort!.postMessage({ verdicts } satisfies Answer),
    (error: unknown) =>
      parentPort!.postMessage({
        failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies Answer),
  );
});
