/** The messages of a session: those of partitions in worker threads, with what begins and ends a worker of another node. */
import type { ThrownData } from '../workers/thrown-data.ts';
import type { SharedSetup } from '../workers/worker-link.ts';
import type { FromWorker, ToWorker } from '../workers/worker-messages.ts';

/** The first message of a session. */
export interface Beginning {
  readonly kind: 'begin';
  readonly jobName: string;
  readonly codeHash: string;
  /** Name of the machine of the job. */
  readonly host: string;
  readonly setup: SharedSetup;
}

export type ToNode = Beginning | ToWorker;
/** `died`: the thread has ended; nothing comes after it. */
export type FromNode = FromWorker | { readonly kind: 'died'; readonly error: ThrownData };
