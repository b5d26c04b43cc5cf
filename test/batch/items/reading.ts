/** What readers of items are tested with. */
import { expect } from 'vitest';
import type { ArtifactContext } from '../../../src/batch/artifacts/artifact-context.ts';
import type { ItemReader } from '../../../src/batch/artifacts/chunk-artifacts.ts';
import { decodePlain, encodePlain } from '../../../src/batch/repository/plain-data.ts';

/** As much of a context as readers and writers look at. */
export function contextOf(changes: Partial<ArtifactContext> = {}): ArtifactContext {
  const job = {
    jobName: 'import',
    instanceId: 1,
    executionId: 1,
    properties: {},
    parameters: {},
    batchStatus: 'STARTED',
    exitStatus: null,
    transientUserData: undefined,
  } as const;
  return {
    job,
    step: undefined,
    partition: undefined,
    properties: {},
    transaction: undefined,
    stopping: new AbortController().signal,
    ...changes,
  };
}

/** An artifact, made as the engine makes it. */
export function made<Artifact extends object>(
  artifact: new (context: ArtifactContext) => Artifact,
  changes: Partial<ArtifactContext> = {},
): Artifact {
  return new artifact(contextOf(changes));
}

export type Maker = new (context: ArtifactContext) => ItemReader<unknown, unknown>;

/** An item, or what was thrown in its place. */
export type Outcome = { readonly item: unknown } | { readonly error: string };

/** As a job does that skips everything: up to `most` outcomes, or to the end. */
export async function outcomesOf(
  reader: ItemReader<unknown, unknown>,
  most = Infinity,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.length < most) {
    try {
      const item = await reader.readItem();
      if (item === null || item === undefined) break;
      outcomes.push({ item });
    } catch (error) {
      outcomes.push({ error: (error as Error).message });
      if ((error as { code?: string }).code !== 'WM9601') break;
    }
  }
  return outcomes;
}

export async function read(make: Maker): Promise<readonly Outcome[]> {
  const reader = made(make);
  await reader.open?.(null);
  const outcomes = await outcomesOf(reader);
  await reader.close?.();
  return outcomes;
}

/** A checkpoint as a restart gets it: through bytes. */
const stored = (checkpoint: unknown): unknown =>
  decodePlain(encodePlain(checkpoint ?? null, 'The checkpoint'), 'The checkpoint');

/**
 * Stops after every item (or at the given places) and reads on with a new reader: what comes is the same as without the stop.
 * @returns what an undisturbed reader gives
 */
export async function expectRestartsEverywhere(
  make: Maker,
  places?: readonly number[],
): Promise<readonly Outcome[]> {
  const undisturbed = await read(make);
  for (const stop of places ?? Array.from({ length: undisturbed.length + 1 }, (_, index) => index)) {
    const first = made(make);
    await first.open?.(null);
    const before = await outcomesOf(first, stop);
    const checkpoint = stored(await first.checkpointInfo?.());
    await first.close?.();
    const second = made(make);
    await second.open?.(checkpoint);
    // A restart that reads nothing is where it was.
    expect(stored(await second.checkpointInfo?.()), `checkpoint after ${stop}`).toEqual(checkpoint);
    const after = await outcomesOf(second);
    await second.close?.();
    expect([...before, ...after], `stopped after ${stop}`).toEqual(undisturbed);
  }
  return undisturbed;
}
