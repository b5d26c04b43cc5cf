/** Records and stores: what a record does to a store of copies, and which records make an instance again. */
import type { CheckpointStore, CodeChange, StoredInstance } from '../../store/checkpoint-store.ts';
import type { ReplicaRecord } from './replica-record.ts';

/** All of one batch at once: the store puts them into one commit, in this order. */
export async function applyRecords(store: CheckpointStore, records: readonly ReplicaRecord[]): Promise<void> {
  await Promise.all(records.map((record) => applyOne(store, record)));
}

function applyOne(store: CheckpointStore, record: ReplicaRecord): Promise<unknown> {
  switch (record.kind) {
    case 'save':
      return store.save(record.write);
    case 'complete':
      return store.complete(record.write);
    case 'fail':
      return store.fail(record.write);
    case 'retry':
      return store.retry(record.id, record.at);
    case 'purge':
      return store.purge(record.id);
    case 'expire':
      return store.expireResults(record.before);
    case 'code':
      return store.saveCode(record.hash, record.bundle);
    case 'change-code':
      return changeCode(store, record.change);
    case 'drop-code':
      return store.dropUnusedCode(new Set(record.keep));
  }
}

/** @throws Error if the copy stays as it is, though it should change: then all is compared again, and its code sent. */
async function changeCode(store: CheckpointStore, change: CodeChange): Promise<void> {
  if (await store.changeCode(change)) return;
  const copy = await store.load(change.id);
  const { codeHash, sequence } = change.from;
  if (copy?.codeHash === codeHash && copy.sequence === sequence)
    throw new Error(
      `the copy of ${change.id} could not be moved to the code ${change.codeHash.slice(0, 12)}`,
    );
}

/** What makes an instance again as it is. */
export function recordsOf(instance: StoredInstance): ReplicaRecord[] {
  const { id, script, requestId, codeHash, sequence, createdAt, updatedAt: at, snapshot, outcome } = instance;
  const head = { id, script, requestId, codeHash, sequence, createdAt, at };
  const records: ReplicaRecord[] = [];
  if (snapshot) records.push({ kind: 'save', write: { ...head, snapshot } });
  if (instance.status !== 'running' && outcome)
    records.push({ kind: instance.status === 'failed' ? 'fail' : 'complete', write: { ...head, outcome } });
  return records;
}
