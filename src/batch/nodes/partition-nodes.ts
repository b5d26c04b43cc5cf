/** The seam between a step that runs and the other processes that may run partitions of it. `cluster-member.ts` implements it over the transport. */
import type { OpenWorker } from '../workers/worker-link.ts';

export interface PartitionNodes {
  /** So many partitions run at the same time in this process, when others take part too. */
  readonly capacity: number;
  /** Those that would take partitions of this job now; not this process. */
  nodesFor(jobName: string): readonly PartitionNode[];
  /** @returns what ends it */
  onChange(changed: () => void): () => void;
  report(event: PartitionEvent): void;
}

/** The same object as long as the process lives, and is heard of. */
export interface PartitionNode {
  /** Of its process: another one after a restart. */
  readonly id: string;
  readonly name: string;
  /** Workers that can be opened now. */
  readonly free: number;
  readonly open: OpenWorker;
}

/** For the log. */
export type PartitionEvent =
  | {
      /** Its node is gone: another one goes on with it. */
      readonly kind: 'moved';
      readonly jobName: string;
      readonly stepName: string;
      readonly partition: number;
      readonly error: Error;
    }
  /** A node takes no partitions of a job. */
  | { readonly kind: 'refused'; readonly jobName: string; readonly error: Error };
