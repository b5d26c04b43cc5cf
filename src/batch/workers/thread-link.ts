/**
 * A worker thread of this process.
 *
 * Owns: the thread and its port. K1. What the thread has said before its end is heard before `gone`.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { keepWasmWrappers } from '../../wasm-tiering.ts';
import { asError } from '../batch-error.ts';
import type { WorkerSource } from '../definition/worker-source.ts';
import type { SharedSetup, WorkerLink, WorkerLinkEvents } from './worker-link.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './worker-messages.ts';

const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/**
 * For V8's young generation, MB. When a thread's heap is full, Node.js gives it 16 MB more in which it can be ended; with V8's own 192 MB what survives one
 * collection is more than that, and the whole process ends.
 */
const YOUNG_GENERATION_MB = 48;

export class ThreadLink implements WorkerLink {
  readonly #worker: Worker;
  readonly #port: MessagePort;

  constructor(source: WorkerSource, setup: SharedSetup, on: WorkerLinkEvents) {
    keepWasmWrappers();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(new URL(`./partition-thread${ENDING}`, import.meta.url), {
      workerData: { ...setup, source, port: port2 } satisfies WorkerSetup,
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      name: `partitions of ${setup.stepId}`,
    });
    let death: Error | undefined;
    this.#worker.on('error', (error) => (death = asError(error)));
    this.#worker.on('exit', (code) => {
      // What the thread has said before its end is on its way.
      setImmediate(() => {
        port1.close();
        on.gone(death ?? new Error(`exit code ${code}`));
      });
    });
    port1.on('message', (message: FromWorker) => on.message(message));
  }

  post(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
