/** The part of the conformance of job repositories that is about who may write: leases, fencing tokens, restarts, stops. */
import { expect, test } from 'vitest';
import type { JobRepository } from '../../src/batch/repository/job-repository.ts';
import { begin, end, stepOf } from './repository-records.ts';

const record = { bytes: () => Uint8Array.of(1) };

export function conformOfLeases(open: () => Promise<JobRepository>): void {
  test('a live execution cannot be restarted, one that has ended can, with a higher fence', async () => {
    const repository = await open();
    const first = await begin(repository);
    await expect(begin(repository, { instanceId: first.instance.id, at: 5000 })).rejects.toMatchObject({
      code: 'WM9053',
    });
    await end(repository, first, 'STOPPED');
    const second = await begin(repository, { instanceId: first.instance.id, at: 6000, leaseUntil: 36_000 });
    expect(second.instance).toEqual(first.instance);
    expect(second.fence).toBeGreaterThan(first.fence);
  });

  test('what has completed cannot be restarted', async () => {
    const repository = await open();
    const first = await begin(repository);
    await end(repository, first, 'COMPLETED');
    await expect(begin(repository, { instanceId: first.instance.id })).rejects.toMatchObject({
      code: 'WM9056',
    });
  });

  test('an abandoned execution cannot be restarted; a running one cannot be abandoned', async () => {
    const repository = await open();
    const first = await begin(repository);
    await expect((async () => repository.abandon(first.execution.id, 1500))()).rejects.toMatchObject({
      code: 'WM9053',
    });
    await end(repository, first, 'FAILED');
    await repository.abandon(first.execution.id, 2500);
    expect(await repository.execution(first.execution.id)).toMatchObject({ batchStatus: 'ABANDONED' });
    await expect(begin(repository, { instanceId: first.instance.id })).rejects.toMatchObject({
      code: 'WM9057',
    });
  });

  test('of many restarts at the same time one succeeds', async () => {
    const repository = await open();
    const first = await begin(repository);
    await end(repository, first, 'FAILED');
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) =>
        begin(repository, { instanceId: first.instance.id, owner: `process ${index}`, at: 3000 }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(reasons.map((reason: { code: string }) => reason.code)).toEqual(Array(4).fill('WM9053'));
    expect(await repository.executions(first.instance.id)).toHaveLength(2);
  });

  test('of many starts with one identity at the same time one succeeds', async () => {
    const repository = await open();
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => begin(repository, { identity: 'day=1' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await repository.instanceCount('import')).toBe(1);
  });

  test('a lease that was renewed is live, one that ran out counts as failed', async () => {
    const repository = await open();
    const first = await begin(repository, { leaseUntil: 11_000 });
    const step = await repository.createStepExecution(first.fence, stepOf(first.execution.id));
    expect(await repository.renewLease(first.execution.id, first.fence, 21_000)).toEqual({
      stopRequested: false,
    });
    await expect(begin(repository, { instanceId: first.instance.id, at: 15_000 })).rejects.toMatchObject({
      code: 'WM9053',
    });
    const second = await begin(repository, { instanceId: first.instance.id, at: 22_000 });
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(await repository.execution(first.execution.id)).toMatchObject({
      batchStatus: 'FAILED',
      exitStatus: 'FAILED',
      endTime: 22_000,
      lease: undefined,
    });
    expect(await repository.stepExecutions(first.execution.id)).toMatchObject([
      { id: step.id, batchStatus: 'FAILED', exitStatus: 'FAILED', endTime: 22_000 },
    ]);
  });

  test('who has lost its lease writes nothing any more', async () => {
    const repository = await open();
    const lost = await begin(repository, { leaseUntil: 2000 });
    const step = await repository.createStepExecution(lost.fence, stepOf(lost.execution.id));
    const key = { instanceId: lost.instance.id, stepName: 'load', partition: -1 };
    await repository.saveChunk(key, lost.fence, { bytes: () => Uint8Array.of(7) });
    const next = await begin(repository, { instanceId: lost.instance.id, at: 5000 });
    const { id } = lost.execution;
    const writes: (() => unknown)[] = [
      () => repository.renewLease(id, lost.fence, 99_000),
      () => repository.changeExecution(id, lost.fence, { batchStatus: 'COMPLETED', at: 6000 }),
      () => repository.createStepExecution(lost.fence, stepOf(id)),
      () => repository.changeStepExecution(step.id, lost.fence, { batchStatus: 'COMPLETED' }),
      () => repository.saveChunk(key, lost.fence, record),
      () =>
        repository.savePartition(lost.fence, {
          stepExecutionId: step.id,
          index: 0,
          batchStatus: 'STARTED',
          exitStatus: null,
          persistentUserData: null,
          metrics: stepOf(id).metrics,
          properties: {},
        }),
    ];
    for (const write of writes)
      await expect((async () => write())(), String(write)).rejects.toMatchObject({ code: 'WM9030' });
    expect(await repository.execution(id)).toMatchObject({ batchStatus: 'FAILED' });
    expect(await repository.stepExecutions(id)).toMatchObject([{ batchStatus: 'FAILED' }]);
    expect([...(await repository.loadChunk(key))!]).toEqual([7]);
    await repository.saveChunk(key, next.fence, { bytes: () => Uint8Array.of(8) });
    expect([...(await repository.loadChunk(key))!]).toEqual([8]);
  });

  test('dead runs are marked as failed and lose their fence', async () => {
    const repository = await open();
    const dead = await begin(repository, { leaseUntil: 2000 });
    const live = await begin(repository, { leaseUntil: 9000 });
    const ended = await begin(repository, { leaseUntil: 2000 });
    await end(repository, ended, 'COMPLETED');
    expect(await repository.failAbandonedRuns(5000)).toEqual([dead.execution.id]);
    expect(await repository.failAbandonedRuns(5000)).toEqual([]);
    expect(await repository.execution(dead.execution.id)).toMatchObject({ batchStatus: 'FAILED' });
    expect(await repository.execution(live.execution.id)).toMatchObject({ batchStatus: 'STARTED' });
    await expect(
      (async () =>
        repository.saveChunk(
          { instanceId: dead.instance.id, stepName: 'load', partition: -1 },
          dead.fence,
          record,
        ))(),
    ).rejects.toMatchObject({ code: 'WM9030' });
  });

  test('a request to stop reaches the owner when it renews its lease', async () => {
    const repository = await open();
    const { execution, fence } = await begin(repository);
    await repository.requestStop(execution.id, 1700);
    expect(await repository.renewLease(execution.id, fence, 60_000)).toEqual({ stopRequested: true });
    expect(await repository.execution(execution.id)).toMatchObject({ stopRequested: true });
    await expect((async () => repository.requestStop(9999, 1))()).rejects.toMatchObject({ code: 'WM9052' });
  });
}
