/** What a node tells its peer: every durable change of its store, as whole states, so that the last one counts. */
import type { CheckpointWrite, OutcomeWrite } from '../../store/checkpoint-store.ts';

export type ReplicaRecord =
  | { readonly kind: 'save'; readonly write: CheckpointWrite }
  | { readonly kind: 'complete'; readonly write: OutcomeWrite }
  | { readonly kind: 'fail'; readonly write: OutcomeWrite }
  /** A failed instance runs again from the checkpoint that the peer has. */
  | { readonly kind: 'retry'; readonly id: string; readonly at: number }
  | { readonly kind: 'purge'; readonly id: string }
  /** Results of instances that ended before this time are no longer kept. */
  | { readonly kind: 'expire'; readonly before: number }
  | { readonly kind: 'code'; readonly hash: string; readonly bundle: Uint8Array };

/** The instance that a record is about. */
export function instanceOf(record: ReplicaRecord): string | undefined {
  if ('write' in record) return record.write.id;
  return 'id' in record ? record.id : undefined;
}
