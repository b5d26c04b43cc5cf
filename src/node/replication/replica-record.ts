/** What a node tells its peer: every durable change of its store, as whole states, so that the last one counts. */
import type { CheckpointWrite, CodeChange, OutcomeWrite } from '../../store/checkpoint-store.ts';

export type ReplicaRecord =
  | { readonly kind: 'save'; readonly write: CheckpointWrite }
  | { readonly kind: 'complete'; readonly write: OutcomeWrite }
  | { readonly kind: 'fail'; readonly write: OutcomeWrite }
  /** A failed instance runs again from the checkpoint that the peer has. */
  | { readonly kind: 'retry'; readonly id: string; readonly at: number }
  | { readonly kind: 'purge'; readonly id: string }
  /** Results of instances that ended before this time are no longer kept. */
  | { readonly kind: 'expire'; readonly before: number }
  /** The checkpoint that the peer has, made over for other code: one change there, too. */
  | { readonly kind: 'change-code'; readonly change: CodeChange }
  /** Code that no copy needs and that is not named here goes: the owner has let go of it. Only to peers with the feature `drop-code`. */
  | { readonly kind: 'drop-code'; readonly keep: readonly string[] }
  | { readonly kind: 'code'; readonly hash: string; readonly bundle: Uint8Array };

/** The instance that a record is about. */
export function instanceOf(record: ReplicaRecord): string | undefined {
  if ('write' in record) return record.write.id;
  if ('change' in record) return record.change.id;
  return 'id' in record ? record.id : undefined;
}

/** What becomes of the peer's copy by this record does not depend on what it was. */
export function isWhole(record: ReplicaRecord): boolean {
  return record.kind !== 'fail' && record.kind !== 'retry' && record.kind !== 'change-code';
}

/** Ids, names, numbers and times of a record, about. */
const HEAD_BYTES = 150;
const HASH_BYTES = 66;

/** Bytes that a record takes on its way, about. */
export function sizeOf(record: ReplicaRecord): number {
  switch (record.kind) {
    case 'save':
      return record.write.snapshot.length + HEAD_BYTES;
    case 'complete':
    case 'fail':
      return record.write.outcome.length + HEAD_BYTES;
    case 'change-code':
      return record.change.snapshot.length + HEAD_BYTES;
    case 'code':
      return record.bundle.length + HEAD_BYTES;
    case 'drop-code':
      return record.keep.length * HASH_BYTES + HEAD_BYTES;
    default:
      return HEAD_BYTES;
  }
}
