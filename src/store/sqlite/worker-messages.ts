import type { StoreErrorData } from '../store-error.ts';
import type { EngineBatch, EngineReply } from './engine-messages.ts';

export type ToWorker = { readonly type: 'batch'; readonly batch: EngineBatch } | { readonly type: 'close' };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly failure: StoreErrorData }
  | { readonly type: 'reply'; readonly reply: EngineReply; readonly buffer: ArrayBuffer }
  | { readonly type: 'failed'; readonly failure: StoreErrorData };
