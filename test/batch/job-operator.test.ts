/** The job operator: Jakarta's methods and exceptions, identity, leases, recovery, purge. */
import { describe, expect, test } from 'vitest';
import { job, type JobBuilder, JobOperator, MemoryJobRepository } from '../../src/batch/index.ts';
import { Fatal, World } from './batch-world.ts';
import { VirtualEnvironment } from './virtual-environment.ts';

/** A job whose one step waits until the test lets it go on. */
function gated(id = 'gated'): { definition: JobBuilder; open: () => void; reached: Promise<void> } {
  let open!: () => void;
  let reach!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const definition = job(id).batchlet('waits', async () => {
    reach();
    await gate;
  });
  return { definition, open, reached };
}

const failing = (id = 'failing'): JobBuilder =>
  job(id).batchlet('fails', () => {
    throw new Fatal('always');
  });
const succeeding = (id = 'succeeding'): JobBuilder => job(id).batchlet('works', () => undefined);

describe('queries', () => {
  test('names, counts, instances newest first, executions, running ones, steps', async () => {
    const operator = new JobOperator({ jobs: [failing('b'), succeeding('a')] });
    expect(await operator.getJobNames()).toEqual(['a', 'b']);
    expect(await operator.getJobInstanceCount('a')).toBe(0);
    expect(await operator.getRunningExecutions('a')).toEqual([]);
    const ids: number[] = [];
    for (let index = 0; index < 3; index++) {
      ids.push(await operator.start('a', { index: String(index) }));
      await operator.finished(ids[index]!);
    }
    expect(await operator.getJobInstanceCount('a')).toBe(3);
    const newest = await operator.getJobInstances('a', 0, 2);
    expect(newest).toHaveLength(2);
    expect(newest[0]).toEqual(await operator.getJobInstance(ids[2]!));
    expect((await operator.getJobExecutions(newest[0]!)).map(({ id }) => id)).toEqual([ids[2]]);
    expect(await operator.getParameters(ids[1]!)).toEqual({ index: '1' });
    expect(await operator.getJobExecution(ids[0]!)).toMatchObject({ batchStatus: 'COMPLETED', jobName: 'a' });
    expect(await operator.getStepExecutions(ids[0]!)).toMatchObject([{ stepName: 'works' }]);
    const { definition, open, reached } = gated();
    const running = await operator.start(definition);
    await reached;
    expect(await operator.getRunningExecutions('gated')).toEqual([running]);
    open();
    await operator.finished(running);
    expect(await operator.getRunningExecutions('gated')).toEqual([]);
  });

  test('what is not there', async () => {
    const operator = new JobOperator();
    const codes: Promise<unknown>[] = [
      operator.start('x'),
      operator.getJobInstanceCount('x'),
      operator.getJobInstances('x', 0, 1),
      operator.getRunningExecutions('x'),
    ];
    for (const call of codes) await expect(call).rejects.toMatchObject({ code: 'WM9050' });
    const executions: Promise<unknown>[] = [
      operator.getParameters(1),
      operator.getJobInstance(1),
      operator.getJobExecution(1),
      operator.getStepExecutions(1),
      operator.restart(1),
      operator.stop(1),
      operator.abandon(1),
    ];
    for (const call of executions) await expect(call).rejects.toMatchObject({ code: 'WM9052' });
    await expect(operator.getJobExecutions(1)).rejects.toMatchObject({ code: 'WM9051' });
  });
});

describe('restart, stop, abandon', () => {
  test('exceptions as Jakarta Batch has them', async () => {
    const operator = new JobOperator();
    const done = await operator.start(succeeding());
    await operator.finished(done);
    await expect(operator.restart(done)).rejects.toMatchObject({ code: 'WM9056' });
    await expect(operator.stop(done)).rejects.toMatchObject({ code: 'WM9054' });
    const failed = await operator.start(failing());
    await operator.finished(failed);
    const again = await operator.restart(failed);
    await operator.finished(again);
    await expect(operator.restart(failed)).rejects.toMatchObject({ code: 'WM9055' });
    await operator.abandon(again);
    expect(await operator.getJobExecution(again)).toMatchObject({ batchStatus: 'ABANDONED' });
    await expect(operator.restart(again)).rejects.toMatchObject({ code: 'WM9057' });
  });

  test('a running execution: neither restarted nor abandoned; stopped it is STOPPING, then STOPPED', async () => {
    const operator = new JobOperator();
    const { definition, open, reached } = gated();
    const id = await operator.start(definition);
    await reached;
    await expect(operator.restart(id)).rejects.toMatchObject({ code: 'WM9053' });
    await expect(operator.abandon(id)).rejects.toMatchObject({ code: 'WM9053' });
    await operator.stop(id);
    expect(await operator.getJobExecution(id)).toMatchObject({ batchStatus: 'STOPPING' });
    open();
    expect(await operator.finished(id)).toMatchObject({ batchStatus: 'STOPPED' });
  });

  test('a job that is not restartable', async () => {
    const operator = new JobOperator();
    const definition = job('once', { restartable: false }).batchlet('fails', () => {
      throw new Fatal('once');
    });
    const id = await operator.start(definition);
    await operator.finished(id);
    await expect(operator.restart(id)).rejects.toMatchObject({ code: 'WM9057' });
  });

  test('close stops what runs and waits for it', async () => {
    const operator = new JobOperator();
    const id = await operator.start(
      job('endless').chunk({
        reader: function* () {
          for (let item = 0; ; item++) yield item;
        },
        writer: () => undefined,
      }),
    );
    await operator.close();
    expect(await operator.getJobExecution(id)).toMatchObject({ batchStatus: 'STOPPED' });
  });
});

describe('identity by parameters', () => {
  test('the same parameters: what has failed goes on, what has completed is refused', async () => {
    const operator = new JobOperator();
    let fails = true;
    const definition = job('daily').batchlet('works', () => {
      if (fails) throw new Fatal('first');
    });
    const options = { identity: ['day'] };
    const first = await operator.start(definition, { day: '1', note: 'a' }, options);
    await operator.finished(first);
    fails = false;
    const second = await operator.start(definition, { day: '1', note: 'b' }, options);
    await operator.finished(second);
    expect(await operator.getJobInstance(second)).toEqual(await operator.getJobInstance(first));
    await expect(operator.start(definition, { day: '1' }, options)).rejects.toMatchObject({ code: 'WM9056' });
    const other = await operator.start(definition, { day: '2' }, options);
    await operator.finished(other);
    expect(await operator.getJobInstanceCount('daily')).toBe(2);
  });

  test('true means all parameters, in any order; a start that runs is not started twice', async () => {
    const operator = new JobOperator();
    const { definition, open, reached } = gated();
    const id = await operator.start(definition, { a: '1', b: '2' }, { identity: true });
    await reached;
    await expect(operator.start(definition, { b: '2', a: '1' }, { identity: true })).rejects.toMatchObject({
      code: 'WM9053',
    });
    open();
    await operator.finished(id);
  });
});

describe('leases', () => {
  /** Two processes with one repository. */
  function twoProcesses() {
    const repository = new MemoryJobRepository();
    const environment = new VirtualEnvironment('process 1');
    const other = new VirtualEnvironment('process 2');
    return {
      repository,
      environment,
      other,
      one: new JobOperator({ repository, environment, leaseMs: 30_000 }),
      two: new JobOperator({ repository, environment: other, leaseMs: 30_000 }),
    };
  }
  const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

  test('a run that is alive renews its lease: another process cannot take it', async () => {
    const { environment, other, one, two } = twoProcesses();
    const { definition, open, reached } = gated();
    const id = await one.start(definition);
    two.define(definition);
    await reached;
    for (let turn = 0; turn < 12; turn++) {
      environment.pass(10_000);
      other.pass(10_000);
      await settle();
    }
    await expect(two.restart(id)).rejects.toMatchObject({ code: 'WM9053' });
    expect(await two.recover()).toEqual([]);
    open();
    expect(await one.finished(id)).toMatchObject({ batchStatus: 'COMPLETED' });
  });

  test('a dead one counts as failed when its lease has run out; what it does later is refused', async () => {
    const { other, one, two } = twoProcesses();
    const { definition, open, reached } = gated();
    const id = await one.start(definition);
    await reached;
    // Process 1 is paused: its clock stands still.
    other.pass(29_000);
    two.define(succeeding('gated'));
    await expect(two.restart(id)).rejects.toMatchObject({ code: 'WM9053' });
    other.pass(2000);
    const next = await two.restart(id);
    expect(await two.finished(next)).toMatchObject({ batchStatus: 'COMPLETED' });
    expect(await two.getJobExecution(id)).toMatchObject({ batchStatus: 'FAILED' });
    open();
    await expect(one.finished(id)).rejects.toMatchObject({ code: 'WM9030' });
    expect(await one.getJobExecution(id)).toMatchObject({ batchStatus: 'FAILED' });
  });

  test('a chunk of a run that has lost its lease is not recorded', async () => {
    const { other, one, two } = twoProcesses();
    const written: number[] = [];
    let taken: number | undefined;
    const definition = job('taken').chunk({
      reader: [1, 2, 3, 4],
      writer: async (items) => {
        written.push(...(items as number[]));
        if (taken !== undefined || !items.includes(3)) return;
        other.pass(31_000);
        [taken] = await two.recover();
      },
      itemCount: 2,
    });
    const id = await one.start(definition);
    await expect(one.finished(id)).rejects.toMatchObject({ code: 'WM9030' });
    expect(taken).toBe(id);
    two.define(definition);
    const next = await two.restart(id);
    expect(await two.finished(next)).toMatchObject({ batchStatus: 'COMPLETED' });
    expect(written).toEqual([1, 2, 3, 4, 3, 4]);
  });

  test('who cannot reach the repository stops before its lease has run out', async () => {
    const { repository, environment, one } = twoProcesses();
    const renew = repository.renewLease.bind(repository);
    let reachable = true;
    repository.renewLease = (...given) => {
      if (!reachable) throw new Error('no connection');
      return renew(...given);
    };
    const read: number[] = [];
    const id = await one.start(
      job('cut off').chunk({
        reader: async function* () {
          for (let item = 1; item <= 10; item++) {
            reachable = item < 4;
            environment.pass(8000);
            await settle();
            read.push(item);
            yield item;
          }
        },
        writer: () => undefined,
        itemCount: 100,
      }),
    );
    await expect(one.finished(id)).rejects.toMatchObject({ code: 'WM9030' });
    expect(read.length).toBeLessThan(9);
  });

  test('a stop asked for in another process arrives with the next renewal', async () => {
    const { environment, one, two } = twoProcesses();
    const id = await one.start(
      job('far').chunk({
        reader: async function* () {
          for (let item = 1; item <= 100; item++) {
            if (item === 3) await two.stop(id);
            environment.pass(4000);
            await settle();
            yield item;
          }
        },
        writer: () => undefined,
        itemCount: 100,
      }),
    );
    expect(await one.finished(id)).toMatchObject({ batchStatus: 'STOPPED' });
    const [step] = await one.getStepExecutions(id);
    expect(step!.metrics.writeCount).toBeLessThan(8);
  });

  test('counts of a step that runs are shown with each renewal', async () => {
    const { environment, one } = twoProcesses();
    const shown: number[] = [];
    const id = await one.start(
      job('shown').chunk({
        reader: async function* () {
          for (let item = 1; item <= 6; item++) {
            environment.pass(10_000);
            await settle();
            const [step] = await one.getStepExecutions(id);
            shown.push(step!.metrics.readCount);
            yield item;
          }
        },
        writer: () => undefined,
      }),
    );
    await one.finished(id);
    expect(shown).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

test('purge removes what ended before, and tells how many', async () => {
  const world = new World();
  const { operator, environment } = world;
  await world.start(succeeding());
  const failed = await world.start(failing());
  environment.pass(10_000);
  const between = environment.wallClock();
  environment.pass(10_000);
  const recent = await world.start(succeeding());
  expect(await operator.purge({ before: between })).toBe(1);
  expect(await operator.getJobInstances('succeeding', 0, 9)).toEqual([
    await operator.getJobInstance(recent.id),
  ]);
  expect(await operator.purge({ before: between, statuses: ['FAILED'], jobName: 'other' })).toBe(0);
  expect(await operator.purge({ before: between, statuses: ['FAILED'] })).toBe(1);
  await expect(operator.getJobExecution(failed.id)).rejects.toMatchObject({ code: 'WM9052' });
});

test('a repository that does not answer: the run says so, and counts as failed when its lease has run out', async () => {
  const repository = new MemoryJobRepository();
  const environment = new VirtualEnvironment();
  const operator = new JobOperator({ repository, environment });
  const change = repository.changeExecution.bind(repository);
  repository.changeExecution = (id, fence, fields) => {
    if (fields.endTime !== undefined) throw new Error('the disk is full');
    change(id, fence, fields);
  };
  const id = await operator.start(succeeding());
  await expect(operator.finished(id)).rejects.toThrow('the disk is full');
  repository.changeExecution = change;
  expect(await operator.getRunningExecutions('succeeding')).toEqual([id]);
  environment.pass(31_000);
  expect(await operator.recover()).toEqual([id]);
  expect(await operator.finished(await operator.restart(id))).toMatchObject({ batchStatus: 'COMPLETED' });
});
