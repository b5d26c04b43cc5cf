import type { EngineBatch, EngineReply } from './engine-messages.ts';
import type { StoreErrorData } from '../store-error.ts';

/** The way to an engine. One batch at a time: `send` again only after `onReply`. */
export interface EngineLink {
  /** Sends a batch; its buffer belongs to the engine until the reply. */
  send(batch: EngineBatch & { readonly bytes: Uint8Array<ArrayBuffer> }): void;
  /** Closes the engine after what was sent; resolves when its files are let go of. */
  close(): Promise<void>;
}

export interface EngineLinkEvents {
  /** The answer to the batch under way, and a buffer that may be used again. */
  onReply(reply: EngineReply, buffer: ArrayBuffer): void;
  /** The engine ended with this failure outside of any batch. */
  onFailure(failure: StoreErrorData): void;
}
