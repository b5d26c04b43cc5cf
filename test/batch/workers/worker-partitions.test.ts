/** Partitions in worker threads: what holds in one thread holds in several, and what a thread needs to find its job. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArtifactRegistry, type JobDefinition, JobOperator, parseJobXml } from '../../../src/batch/index.ts';
import { partitionConformance } from '../partitions/conformance.ts';
import { partitionXml, range, rangesWith, registry } from '../partitions/partition-jobs.ts';
import { PartitionRuns } from '../partitions/partition-runs.ts';
import * as jobs from './thread-jobs.ts';

partitionConformance('worker threads', {
  jobs,
  elsewhere: { workers: 2 },
  property: 'waymark.workers',
  places: 1,
  makeHarness: async () => ({
    open: async (options) =>
      new JobOperator({
        registry: new ArtifactRegistry(registry).alias('com.acme.Notes', 'notes'),
        ...options,
      }),
    finish: async () => {},
  }),
});

describe('a module that cannot be used', () => {
  let runs: PartitionRuns;
  beforeEach(async () => {
    runs = await PartitionRuns.open(new JobOperator());
  });
  afterEach(() => runs.close());

  test('it exports no such job', async () => {
    const other = rangesWith('other', import.meta.resolve('./thread-jobs.ts'), {
      over: [range(1, 5)],
      workers: 1,
    });
    const { step } = await runs.start(other);
    expect(step.batchStatus).toBe('FAILED');
    expect(step.exception?.message).toContain('exports no job named "other"');
  });

  test('it starts the job itself when it is loaded', async () => {
    const elsewhere: JobDefinition = jobs.three;
    const module = import.meta.resolve('./self-starting-job.ts');
    const { step } = await runs.start({ ...elsewhere, module });
    expect(step.batchStatus).toBe('FAILED');
    expect(step.exception?.message).toMatch(/self-starting-job\.ts starts a job when it is loaded/);
  });
});

test('job XML without a module of the registry does not start', async () => {
  const bare = new JobOperator({
    registry: new ArtifactRegistry().add('numbers', {}).add('com.acme.Notes', {}),
  });
  const xml = parseJobXml(partitionXml('waymark.workers'), 'x.xml');
  await expect(bare.start(xml, { where: '2' })).rejects.toMatchObject({
    problems: [{ code: 'WM9070', place: { file: 'x.xml', line: 2 } }],
  });
});
