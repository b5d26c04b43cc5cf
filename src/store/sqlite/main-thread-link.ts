import { Engine } from './engine.ts';
import type { EngineLink, EngineLinkEvents } from './engine-link.ts';
import type { EngineBatch, EngineOptions } from './engine-messages.ts';

/** An engine in this thread: the least work per checkpoint, but the event loop stands still during each commit. */
export class MainThreadLink implements EngineLink {
  readonly #engine: Engine;
  readonly #events: EngineLinkEvents;

  /** @throws StoreError if the data folder cannot be used. */
  constructor(options: EngineOptions, events: EngineLinkEvents) {
    this.#engine = new Engine(options);
    this.#events = events;
  }

  send(batch: EngineBatch & { readonly bytes: Uint8Array<ArrayBuffer> }): void {
    this.#events.onReply(this.#engine.run(batch), batch.bytes.buffer);
    const failure = this.#engine.afterReply();
    if (failure !== undefined) this.#events.onFailure(failure);
  }

  close(): Promise<void> {
    this.#engine.close();
    return Promise.resolve();
  }
}
