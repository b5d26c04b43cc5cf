import { Worker } from 'node:worker_threads';
import { StoreError, StoreErrorCode } from '../store-error.ts';
import type { EngineLink, EngineLinkEvents } from './engine-link.ts';
import type { EngineBatch, EngineOptions } from './engine-messages.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

// The same module runs as TypeScript from the sources and as JavaScript from dist.
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** An engine in a thread of its own: commits never stop the event loop that the scripts share. */
export class WorkerLink implements EngineLink {
  readonly #worker: Worker;
  readonly #events: EngineLinkEvents;
  readonly #exited: Promise<void>;
  #isClosing = false;

  private constructor(worker: Worker, events: EngineLinkEvents) {
    this.#worker = worker;
    this.#events = events;
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        if (!this.#isClosing) this.#events.onFailure(workerDied('it exited').toData());
        resolve();
      });
    });
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#events.onFailure(workerDied(String(error)).toData()));
    worker.unref();
  }

  /** @throws StoreError if the data folder cannot be used. */
  static async open(options: EngineOptions, events: EngineLinkEvents): Promise<WorkerLink> {
    const worker = new Worker(new URL(`./worker${ENDING}`, import.meta.url), {
      workerData: options,
      execArgv: [],
      name: 'waymark-store',
    });
    await new Promise<void>((resolve, reject) => {
      const onError = (error: unknown): void => reject(workerDied(String(error)));
      worker.once('error', onError);
      worker.once('message', (message: FromWorker) => {
        worker.off('error', onError);
        if (message.type === 'refused') reject(StoreError.fromData(message.failure));
        else resolve();
      });
    });
    return new WorkerLink(worker, events);
  }

  send(batch: EngineBatch & { readonly bytes: Uint8Array<ArrayBuffer> }): void {
    // An idle store does not keep the process alive, one with writers waiting does.
    this.#worker.ref();
    this.#post({ type: 'batch', batch }, [batch.bytes.buffer]);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#worker.ref();
    this.#post({ type: 'close' });
    await this.#exited;
  }

  #post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromWorker): void {
    if (message.type === 'reply') {
      // While it closes somebody waits for its end.
      if (!this.#isClosing) this.#worker.unref();
      this.#events.onReply(message.reply, message.buffer);
    } else if (message.type === 'failed') {
      this.#events.onFailure(message.failure);
    }
  }
}

function workerDied(how: string): StoreError {
  return new StoreError(StoreErrorCode.workerDied, `the store's worker thread ended: ${how}`, {
    fix: 'Start again: what was acknowledged is read back from the disk. If memory ran out, give the process more.',
    fatal: true,
  });
}
