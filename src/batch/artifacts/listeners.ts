/**
 * Listeners (Jakarta Batch 2.1, section 9.2). A listener may have the methods of several interfaces; each is called where the element that
 * names it allows. An exception of a listener fails the step (or the job).
 */
import type { MaybePromise } from './artifact-context.ts';

export interface JobListener {
  beforeJob?(): MaybePromise<void>;
  afterJob?(): MaybePromise<void>;
}

export interface StepListener {
  beforeStep?(): MaybePromise<void>;
  /** Also when the step has failed. */
  afterStep?(): MaybePromise<void>;
}

export interface ChunkListener {
  beforeChunk?(): MaybePromise<void>;
  /** Before the rollback. */
  onError?(error: Error): MaybePromise<void>;
  /** After the write, before the commit; not called on error. */
  afterChunk?(): MaybePromise<void>;
}

export interface ItemReadListener<Item = unknown> {
  beforeRead?(): MaybePromise<void>;
  /** Also after the read that found no more items (null). */
  afterRead?(item: Item | null): MaybePromise<void>;
  onReadError?(error: Error): MaybePromise<void>;
}

export interface ItemProcessListener<Item = unknown, Output = unknown> {
  beforeProcess?(item: Item): MaybePromise<void>;
  afterProcess?(item: Item, result: Output | null): MaybePromise<void>;
  onProcessError?(item: Item, error: Error): MaybePromise<void>;
}

export interface ItemWriteListener<Item = unknown> {
  beforeWrite?(items: readonly Item[]): MaybePromise<void>;
  afterWrite?(items: readonly Item[]): MaybePromise<void>;
  onWriteError?(items: readonly Item[], error: Error): MaybePromise<void>;
}

export interface SkipListener<Item = unknown> {
  onSkipReadItem?(error: Error): MaybePromise<void>;
  onSkipProcessItem?(item: Item, error: Error): MaybePromise<void>;
  onSkipWriteItem?(items: readonly Item[], error: Error): MaybePromise<void>;
}

export interface RetryListener<Item = unknown> {
  onRetryReadException?(error: Error): MaybePromise<void>;
  onRetryProcessException?(item: Item, error: Error): MaybePromise<void>;
  onRetryWriteException?(items: readonly Item[], error: Error): MaybePromise<void>;
}

export type StepScopeListener = StepListener &
  ChunkListener &
  ItemReadListener &
  ItemProcessListener &
  ItemWriteListener &
  SkipListener &
  RetryListener;
