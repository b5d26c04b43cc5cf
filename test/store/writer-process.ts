/**
 * Run as a process of its own by tests that kill it: resumes what it finds and starts ever new instances, and reports each
 * acknowledgement on its standard output the moment it comes.
 *
 * Arguments: directory, thread, name of this life (part of the ids), writers, and `one` to do only the first save of
 * each instance, in the order of their numbers.
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { CODE, doStep, planOf, stepsInFlight } from './instance-plan.ts';

const [, , directory = '', thread = '', life = '', writers = '1', mode = 'all'] = process.argv;

function report(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

const store = await openSqliteStore({
  directory,
  thread: thread === 'main' ? 'main' : 'worker',
  // Small, so that kills also hit the copying of the log.
  walPages: 100,
  // As small, so that they hit keys of results on their way to the disk.
  recentResults: 40,
  onFatal: (error) => report(`fatal ${error.message}`),
});
await Promise.all(CODE.map((hash) => store.saveCode(hash, new Uint8Array(Buffer.from(`code of ${hash}`)))));
report('ready');

const toResume: { readonly id: string; readonly done: number }[] = [];
if (mode === 'all') {
  for await (const page of store.unfinished())
    for (const { id, sequence, codeHash } of page)
      toResume.push({ id, done: codeHash === CODE[1] ? sequence + 1 : sequence });
}

let next = 0;
async function write(): Promise<void> {
  for (;;) {
    const { id, done } = toResume.pop() ?? { id: `${life}-${String(next++).padStart(6, '0')}`, done: 0 };
    const last = mode === 'one' ? 1 : stepsInFlight(planOf(id)) + 1;
    for (let step = done + 1; step <= last; step++) {
      await doStep(store, id, step);
      report(`${id} ${step}`);
    }
  }
}

await Promise.all(Array.from({ length: Number(writers) }, write));
