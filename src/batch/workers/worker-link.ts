/** The way to whatever runs partitions for a step: a thread of this process, or one of another node. The messages are the same. */
import type { FromWorker, ToWorker, WorkerSetup } from './worker-messages.ts';

/** All that a worker must know, wherever it is, and does not find out itself. */
export type SharedSetup = Omit<WorkerSetup, 'port' | 'source'>;

export interface WorkerLinkEvents {
  message(message: FromWorker): void;
  /** Once, and nothing after it: there is no worker any more. */
  gone(why: Error): void;
}

export interface WorkerLink {
  /** Messages arrive once each, in their order, or the worker is gone. */
  post(message: ToWorker): void;
  /** Ends the worker at once, wherever it stands. */
  end(): Promise<void>;
}

/** @param on May be called as soon as the caller has returned to the event loop. */
export type OpenWorker = (setup: SharedSetup, on: WorkerLinkEvents) => WorkerLink;
