/**
 * Asks a thread what packages export.
 *
 * Owns: the thread, and the questions that it has not answered. Invariant: every question is answered; when the thread dies (a package may
 * end the process) the answer is that nothing is known.
 */
import { Worker } from 'node:worker_threads';
import type { ExportNames } from '../compiler/native-imports.ts';
import type { Question, Reply } from './export-names-worker.ts';

const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** A package that waits for something at its top level would be waited for without end. */
const LONGEST_WAIT_MS = 10_000;

export class PackageReader {
  readonly #open = new Map<number, (reply: Pick<Reply, 'names' | 'isMissing'>) => void>();
  #worker: Worker | undefined;
  #asked = 0;

  readonly exportNames: ExportNames = async (specifier, parent) => {
    const number = ++this.#asked;
    const { promise, resolve } = Promise.withResolvers<Pick<Reply, 'names' | 'isMissing'>>();
    this.#open.set(number, resolve);
    this.#start().postMessage({ number, specifier, parent } satisfies Question);
    const timer = setTimeout(() => this.#giveUp(), LONGEST_WAIT_MS);
    const { names, isMissing } = await promise;
    clearTimeout(timer);
    if (isMissing) throw new Error(`There is no ${specifier}`);
    return names;
  };

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    // What packages print while they are loaded is not for whoever checks scripts.
    const worker = new Worker(new URL(`./export-names-worker${ENDING}`, import.meta.url), {
      stdout: true,
      stderr: true,
    });
    worker.on('message', ({ number, ...reply }: Reply) => {
      this.#open.get(number)?.(reply);
      this.#open.delete(number);
    });
    worker.on('error', () => this.#giveUp());
    worker.on('exit', () => this.#giveUp());
    return (this.#worker = worker);
  }

  #giveUp(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const answer of this.#open.values()) answer({ names: undefined, isMissing: false });
    this.#open.clear();
    void worker?.terminate();
  }
}
