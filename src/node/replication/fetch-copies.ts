/** Instances that a node gets back from its peer. */
import type { CheckpointStore } from '../../store/checkpoint-store.ts';
import { REPLICA, refuseIfOver } from './replica-messages.ts';
import { decodeControl } from './replica-messages.ts';
import { decodeRecords } from './replica-batch.ts';
import type { ReplicaRecord } from './replica-record.ts';
import type { AskPeer } from './replication-session.ts';

/** Asks the peer for its copies of these instances, with their code; those that it does not have are left out. */
export async function fetchCopies(ask: AskPeer, ids: readonly string[]): Promise<ReplicaRecord[]> {
  const parts: Uint8Array[] = [];
  const last = await ask('fetch', { ids }, (part) => parts.push(new Uint8Array(part.data)));
  if (last.headers[REPLICA] !== 'fetched') refuseIfOver(decodeControl(last.data) as object);
  return decodeRecords(Buffer.concat([...parts, last.data]));
}

/** Puts a copy into this node's own store. */
export async function keepCopy(store: CheckpointStore, record: ReplicaRecord): Promise<void> {
  if (record.kind === 'code') await store.saveCode(record.hash, record.bundle);
  else if (record.kind === 'save') await store.save(record.write);
  else if (record.kind === 'fail') await store.fail(record.write);
  else if (record.kind === 'complete') await store.complete(record.write);
}
