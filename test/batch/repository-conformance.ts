/** What every job repository must do: the guarantees of src/batch/repository/job-repository.ts. */
import { afterEach, describe, expect, test } from 'vitest';
import type {
  JobRepository,
  PartitionExecution,
  StepExecution,
} from '../../src/batch/repository/job-repository.ts';
import { conformOfLeases } from './repository-conformance-leases.ts';
import { begin, end, NO_METRICS, startOf, stepOf } from './repository-records.ts';

const bytes = (...values: number[]): { bytes(): Uint8Array } => ({ bytes: () => Uint8Array.from(values) });

/** @param open A new repository with nothing in it. */
export function describeJobRepository(name: string, open: () => Promise<JobRepository>): void {
  describe(`job repository: ${name}`, () => {
    let opened: JobRepository[] = [];
    const fresh = async (): Promise<JobRepository> => {
      const repository = await open();
      opened.push(repository);
      return repository;
    };

    afterEach(async () => {
      for (const repository of opened) await repository.close();
      opened = [];
    });

    test('a start makes an instance and an execution', async () => {
      const repository = await fresh();
      const { instance, execution } = await repository.startExecution(startOf({ parameters: { day: '1' } }));
      expect(instance).toMatchObject({ jobName: 'import', identity: undefined, createdAt: 1000 });
      expect(execution).toMatchObject({
        instanceId: instance.id,
        jobName: 'import',
        batchStatus: 'STARTING',
        exitStatus: null,
        createTime: 1000,
        startTime: undefined,
        endTime: undefined,
        parameters: { day: '1' },
        restartAt: undefined,
        stopRequested: false,
        lease: { owner: 'process 1', until: 31_000 },
      });
      expect(await repository.execution(execution.id)).toEqual(execution);
      expect(await repository.instance(instance.id)).toEqual(instance);
    });

    test('what is not there is undefined', async () => {
      const repository = await fresh();
      expect(await repository.execution(77)).toBeUndefined();
      expect(await repository.instance(77)).toBeUndefined();
      expect(await repository.findIdentity('import', 'x')).toBeUndefined();
      expect(await repository.loadChunk({ instanceId: 77, stepName: 'a', partition: -1 })).toBeUndefined();
      expect(await repository.executions(77)).toEqual([]);
      expect(await repository.instanceCount('import')).toBe(0);
      expect(await repository.jobNames()).toEqual([]);
    });

    test('a change keeps what it does not name', async () => {
      const repository = await fresh();
      const begun = await begin(repository);
      const { id } = begun.execution;
      await repository.changeExecution(id, begun.fence, { exitStatus: 'HALF', at: 1500 });
      expect(await repository.execution(id)).toMatchObject({
        batchStatus: 'STARTED',
        exitStatus: 'HALF',
        startTime: 1001,
        lastUpdatedTime: 1500,
      });
      await repository.changeExecution(id, begun.fence, {
        batchStatus: 'STOPPED',
        restartAt: 'second',
        endTime: 1600,
        at: 1600,
      });
      expect(await repository.execution(id)).toMatchObject({
        batchStatus: 'STOPPED',
        exitStatus: 'HALF',
        restartAt: 'second',
        endTime: 1600,
        lease: undefined,
      });
    });

    test('what the job itself has failed with is kept', async () => {
      const repository = await fresh();
      const { execution, fence } = await begin(repository);
      const exception = { name: 'Error', message: 'no', stack: 'Error: no\n  at decider' };
      await repository.changeExecution(execution.id, fence, {
        batchStatus: 'FAILED',
        exitStatus: 'FAILED',
        endTime: 1600,
        exception,
        at: 1600,
      });
      expect(await repository.execution(execution.id)).toMatchObject({ batchStatus: 'FAILED', exception });
      const another = await begin(repository);
      expect((await repository.execution(another.execution.id))?.exception).toBeUndefined();
    });

    test('instances newest first, in pages, by name; executions oldest first', async () => {
      const repository = await fresh();
      const ids: number[] = [];
      for (let index = 0; index < 5; index++) ids.push((await begin(repository)).instance.id);
      const other = await begin(repository, { jobName: 'export' });
      expect((await repository.instances('import', 0, 2)).map(({ id }) => id)).toEqual([ids[4], ids[3]]);
      expect((await repository.instances('import', 3, 10)).map(({ id }) => id)).toEqual([ids[1], ids[0]]);
      expect((await repository.instances(undefined, 0, 2)).map(({ id }) => id)).toEqual([
        other.instance.id,
        ids[4],
      ]);
      expect(await repository.instanceCount('import')).toBe(5);
      expect((await repository.jobNames()).toSorted()).toEqual(['export', 'import']);
      await end(repository, other, 'FAILED');
      const again = await begin(repository, { jobName: 'export', instanceId: other.instance.id, at: 3000 });
      expect((await repository.executions(other.instance.id)).map(({ id }) => id)).toEqual([
        other.execution.id,
        again.execution.id,
      ]);
      expect((await repository.runningExecutions('export')).map(({ id }) => id)).toEqual([
        again.execution.id,
      ]);
    });

    test('steps: made, changed, listed newest first over all executions of the instance', async () => {
      const repository = await fresh();
      const first = await begin(repository);
      const step = await repository.createStepExecution(first.fence, stepOf(first.execution.id));
      expect(step).toMatchObject(stepOf(first.execution.id));
      const metrics = { ...NO_METRICS, readCount: 3, commitCount: 1 };
      const exception = { name: 'TypeError', message: 'x', stack: 'TypeError: x\n  at y' };
      await repository.changeStepExecution(step.id, first.fence, {
        batchStatus: 'FAILED',
        exitStatus: 'BAD',
        endTime: 1900,
        metrics,
        exception,
        persistentUserData: { seen: new Map([['a', 1]]), at: new Date(5), list: [null, 1.5, 'x'] },
        guarantee: 'at least once',
      });
      const [kept] = await repository.stepExecutions(first.execution.id);
      expect(kept).toEqual({
        ...stepOf(first.execution.id),
        id: step.id,
        batchStatus: 'FAILED',
        exitStatus: 'BAD',
        endTime: 1900,
        metrics,
        exception,
        persistentUserData: { seen: new Map([['a', 1]]), at: new Date(5), list: [null, 1.5, 'x'] },
        guarantee: 'at least once',
      });
      await end(repository, first, 'FAILED');
      const second = await begin(repository, { instanceId: first.instance.id, at: 3000 });
      const other = await repository.createStepExecution(
        second.fence,
        stepOf(second.execution.id, { stepName: 'clean' }),
      );
      const again = await repository.createStepExecution(second.fence, stepOf(second.execution.id));
      const idsOf = (steps: readonly StepExecution[]): number[] => steps.map(({ id }) => id);
      expect(idsOf(await repository.stepExecutionsOfInstance(first.instance.id))).toEqual([
        again.id,
        other.id,
        step.id,
      ]);
      expect(idsOf(await repository.stepExecutionsOfInstance(first.instance.id, 'load'))).toEqual([
        again.id,
        step.id,
      ]);
      expect(idsOf(await repository.stepExecutions(second.execution.id))).toEqual([other.id, again.id]);
    });

    test('what was given may be changed by its owner afterwards, and what was returned too', async () => {
      const repository = await fresh();
      const begun = await begin(repository);
      const data = { seen: [1] };
      const step = await repository.createStepExecution(
        begun.fence,
        stepOf(begun.execution.id, { persistentUserData: data }),
      );
      data.seen.push(2);
      (step.persistentUserData as typeof data).seen.push(3);
      const [kept] = await repository.stepExecutions(begun.execution.id);
      expect(kept!.persistentUserData).toEqual({ seen: [1] });
    });

    test('partitions: each saved by itself, replaced, listed by index', async () => {
      const repository = await fresh();
      const begun = await begin(repository);
      const step = await repository.createStepExecution(begun.fence, stepOf(begun.execution.id));
      const partition = (index: number, changes: Partial<PartitionExecution> = {}): PartitionExecution => ({
        stepExecutionId: step.id,
        index,
        batchStatus: 'STARTED',
        exitStatus: null,
        persistentUserData: undefined,
        metrics: NO_METRICS,
        properties: { from: String(index) },
        ...changes,
      });
      await Promise.all(
        [2, 0, 1].map(async (index) => repository.savePartition(begun.fence, partition(index))),
      );
      const done = partition(1, {
        batchStatus: 'COMPLETED',
        exitStatus: 'OK',
        persistentUserData: ['x'],
        metrics: { ...NO_METRICS, writeCount: 9 },
      });
      await repository.savePartition(begun.fence, done);
      const saved = await repository.partitions(step.id);
      expect(saved.map(({ index }) => index)).toEqual([0, 1, 2]);
      expect(saved[1]).toEqual(done);
      expect(saved[2]).toMatchObject({ batchStatus: 'STARTED', properties: { from: '2' } });
      expect(await repository.partitions(step.id + 1000)).toEqual([]);
    });

    test('partitions of a step are created together: one that cannot be kept keeps the others away', async () => {
      const repository = await fresh();
      const begun = await begin(repository);
      const step = await repository.createStepExecution(begun.fence, stepOf(begun.execution.id));
      const three = [0, 1, 2].map((index): PartitionExecution => ({
        stepExecutionId: step.id,
        index,
        batchStatus: 'STARTING',
        exitStatus: null,
        persistentUserData: null,
        metrics: NO_METRICS,
        properties: {},
      }));
      const wrong = three.with(2, { ...three[2]!, persistentUserData: () => 1 });
      await expect((async () => repository.createPartitions(begun.fence, wrong))()).rejects.toMatchObject({
        code: 'WM9064',
      });
      expect(await repository.partitions(step.id)).toEqual([]);
      await repository.createPartitions(begun.fence, []);
      await repository.createPartitions(begun.fence, three);
      expect(await repository.partitions(step.id)).toEqual(three);
    });

    test('chunk records: one per step and partition, the last one counts, dropped by step', async () => {
      const repository = await fresh();
      const { instance, fence } = await begin(repository);
      const key = (stepName: string, partition: number) => ({ instanceId: instance.id, stepName, partition });
      await repository.saveChunk(key('load', -1), fence, bytes(1, 2, 3));
      await repository.saveChunk(key('load', -1), fence, bytes(4));
      await repository.saveChunk(key('load', 0), fence, bytes(5));
      await repository.saveChunk(key('load:2', 0), fence, bytes(6));
      expect([...(await repository.loadChunk(key('load', -1)))!]).toEqual([4]);
      expect([...(await repository.loadChunk(key('load', 0)))!]).toEqual([5]);
      expect(await repository.loadChunk(key('load', 1))).toBeUndefined();
      await repository.dropChunks(instance.id, 'load');
      expect(await repository.loadChunk(key('load', -1))).toBeUndefined();
      expect(await repository.loadChunk(key('load', 0))).toBeUndefined();
      expect([...(await repository.loadChunk(key('load:2', 0)))!]).toEqual([6]);
    });

    test('identity: the same name and parameters are the same instance', async () => {
      const repository = await fresh();
      const first = await begin(repository, { identity: 'day=1' });
      expect(await repository.findIdentity('import', 'day=1')).toEqual(first.instance);
      expect(await repository.findIdentity('export', 'day=1')).toBeUndefined();
      await end(repository, first, 'FAILED');
      const second = await begin(repository, { identity: 'day=1', at: 3000 });
      expect(second.instance).toEqual(first.instance);
      expect((await begin(repository, { identity: 'day=2' })).instance.id).not.toBe(first.instance.id);
      await end(repository, second, 'COMPLETED');
      await expect(begin(repository, { identity: 'day=1', at: 4000 })).rejects.toMatchObject({
        code: 'WM9056',
      });
    });

    test('purge: what ended before, with everything that belongs to it', async () => {
      const repository = await fresh();
      const old = await begin(repository);
      const step = await repository.createStepExecution(old.fence, stepOf(old.execution.id));
      await repository.saveChunk(
        { instanceId: old.instance.id, stepName: 'load', partition: -1 },
        old.fence,
        bytes(1),
      );
      await end(repository, old, 'COMPLETED', 2000);
      const failed = await begin(repository);
      await end(repository, failed, 'FAILED', 2000);
      const recent = await begin(repository);
      await end(repository, recent, 'COMPLETED', 9000);
      const running = await begin(repository);
      const purged = await repository.purge({ before: 5000, statuses: ['COMPLETED'] });
      expect(purged.map(({ id }) => id)).toEqual([old.instance.id]);
      expect(await repository.instance(old.instance.id)).toBeUndefined();
      expect(await repository.execution(old.execution.id)).toBeUndefined();
      expect(await repository.stepExecutions(old.execution.id)).toEqual([]);
      expect(await repository.partitions(step.id)).toEqual([]);
      expect(
        await repository.loadChunk({ instanceId: old.instance.id, stepName: 'load', partition: -1 }),
      ).toBeUndefined();
      const left = (await repository.instances('import', 0, 10)).map(({ id }) => id);
      expect(left).toEqual([running.instance.id, recent.instance.id, failed.instance.id]);
      expect(await repository.purge({ jobName: 'export', before: 1e9, statuses: ['FAILED'] })).toEqual([]);
    });

    conformOfLeases(fresh);
  });
}
