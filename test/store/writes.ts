import type {
  CheckpointStore,
  CheckpointWrite,
  OutcomeWrite,
  StoredInstance,
} from '../../src/store/checkpoint-store.ts';

/** A checkpoint with defaults for whatever a test does not care about. */
export function checkpointOf(
  id: string,
  sequence: number,
  change: Partial<CheckpointWrite> = {},
): CheckpointWrite {
  return {
    id,
    script: 'payments',
    requestId: undefined,
    codeHash: 'code-1',
    sequence,
    createdAt: 1000,
    at: 1000 + sequence,
    snapshot: bytesOf(`${id} at ${sequence}`),
    ...change,
  };
}

/** An outcome with defaults for whatever a test does not care about. */
export function outcomeOf(id: string, sequence: number, change: Partial<OutcomeWrite> = {}): OutcomeWrite {
  return {
    id,
    script: 'payments',
    requestId: undefined,
    codeHash: 'code-1',
    sequence,
    createdAt: 1000,
    at: 2000,
    outcome: bytesOf(`outcome of ${id}`),
    ...change,
  };
}

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** Bytes that compare equal whatever class holds them. */
export const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');

export async function allUnfinished(store: CheckpointStore): Promise<StoredInstance[]> {
  const all: StoredInstance[] = [];
  for await (const page of store.unfinished()) all.push(...page);
  return all;
}

type Named = { readonly id: string };

export async function idsOf(instances: readonly Named[] | Promise<readonly Named[]>): Promise<string[]> {
  return (await instances).map(({ id }) => id);
}
