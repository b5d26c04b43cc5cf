/** Where the copies of one node are kept, and what must be known about them after a restart. */
import type { CheckpointStore } from '../../store/checkpoint-store.ts';

export interface ReplicaHome {
  readonly store: CheckpointStore;
  readonly label: ReplicaLabel;
  /** Durable when resolved. */
  saveLabel(label: ReplicaLabel): Promise<void>;
  /** Ids of the instances that are taken over, in place of those before. Durable when resolved. */
  saveTaken(pages: AsyncIterable<readonly string[]>): Promise<void>;
  /** `count` of them from number `from` on; fewer at the end. */
  taken(from: number, count: number): Promise<readonly string[]>;
}

export interface ReplicaHomes {
  /** Nodes whose copies are here already. */
  known(): Promise<readonly string[]>;
  /** Opens the home of the copies of a node; makes it if there is none. */
  open(node: string): Promise<ReplicaHome>;
}

export interface ReplicaLabel {
  /** Disk of the node whose instances these are. */
  readonly store: string | undefined;
  readonly takenOver: TakenOver | undefined;
}

export interface TakenOver {
  /** When, ms since the epoch; names this take-over among those of a node. */
  readonly at: number;
  readonly by: string;
  /** All of them are in the adopter's store. Labels of earlier versions do not tell: their take-over is gone on with. */
  readonly isWhole?: boolean;
  /** Instances whose copies could not be read: they stay the owner's. */
  readonly leftOut?: readonly string[];
}
