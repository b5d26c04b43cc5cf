/** Partitioned steps (Jakarta Batch 2.1, sections 8.2.6, 9.5 and 11.4). One thread, where the order of calls is to be told. */
import type { Expected, JobCase } from '../job-files.ts';

const once = (file: string, calls: string, ...steps: string[]): JobCase => ({
  file,
  executions: [{ calls, steps, ...(steps[0]!.includes(' FAILED') ? { batch: 'FAILED' as const } : {}) }],
});
const failed = (calls: string, step: string, more: Partial<Expected> = {}): Expected => ({
  batch: 'FAILED',
  calls,
  steps: [step],
  ...more,
});

export const PARTITIONS: readonly JobCase[] = [
  once(
    'partition-plan',
    'p.open(-) p.W[1-2] p.W[3] q.open(-) q.W[4-5] q.W[6]',
    'load COMPLETED read 6 write 6 commit 4',
  ),
  once('partition-default-plan', 'a', 'a COMPLETED'),
  {
    file: 'partition-plan-parameters',
    executions: [
      { calls: 'a a a', steps: ['a COMPLETED'] },
      { anew: true, parameters: { n: '2', threads: '2' }, calls: 'a a', steps: ['a COMPLETED'] },
    ],
  },
  {
    file: 'partition-plan-remembered',
    executions: [
      failed('a a a', 'a FAILED', { parameters: { n: '3', fail: 'OrderException' } }),
      { parameters: { n: '5' }, calls: 'a a a', steps: ['a COMPLETED'] },
      { anew: true, parameters: { n: '5' }, calls: 'a a a a a', steps: ['a COMPLETED'] },
    ],
  },
  {
    file: 'partition-threads',
    executions: [
      {
        anyOrder: true,
        calls: `map(4) 0.open(-) 0.W[1-2] 1.open(-) 1.W[3-4] 2.open(-) 2.W[5-6] 3.open(-) 3.W[7-8]`,
        steps: ['load COMPLETED read 8 write 8 commit 4'],
      },
    ],
  },
  once(
    'partition-mapper',
    'map(3) 0.open(-) 0.W[1-2] 1.open(-) 1.W[3-4] 2.open(-) 2.W[5-6]',
    'load COMPLETED read 6 write 6 commit 3',
  ),
  {
    file: 'partition-mapper-restart',
    executions: [
      failed(
        'map(2) 0.open(-) 0.W[1-2] 0.W[3-4] 1.open(-) 1.W[5-6]',
        'load FAILED read 6 write 6 commit 4 rollback 1',
        { parameters: { fail: '8:FatalException' } },
      ),
      { calls: 'map(2) 1.open(2) 1.W[7-8]', steps: ['load COMPLETED read 2 write 2 commit 2'] },
    ],
    written: '1-8',
  },
  {
    file: 'partition-mapper-override',
    executions: [
      failed(
        'map(2) 0.open(-) 0.W[1-2] 0.W[3-4] 1.open(-) 1.W[5-6]',
        'load FAILED read 6 write 6 commit 4 rollback 1',
        { parameters: { fail: '8:FatalException', n: '2' } },
      ),
      {
        calls: 'map(1) 0.open(-) 0.W[1-2] 0.W[3-4]',
        steps: ['load COMPLETED read 4 write 4 commit 3'],
      },
    ],
  },
  {
    file: 'partition-override-rollback',
    executions: [
      failed('beginStep map(2) a a rollback after(ROLLBACK)', 'a FAILED', {
        parameters: { fail: 'OrderException' },
      }),
      { calls: 'beginStep map(2) rollback a a beforeCompletion after(COMMIT)', steps: ['a COMPLETED'] },
    ],
  },
  {
    file: 'partition-mapper-threads',
    executions: [{ anyOrder: true, calls: 'map(3) a a a', steps: ['a COMPLETED'] }],
  },
  {
    file: 'partition-mapper-changed',
    executions: [
      failed('beginStep map(2) a a rollback after(ROLLBACK)', 'a FAILED', {
        parameters: { n: '2', fail: 'OrderException' },
      }),
      failed('beginStep map(3) rollback after(ROLLBACK)', 'a FAILED', {
        parameters: { n: '3' },
        failure: 'had 2 partitions and now has 3',
      }),
    ],
  },
  {
    file: 'partition-mapper-nothing',
    executions: [
      failed('beginStep map(0) rollback after(ROLLBACK)', 'a FAILED', { failure: 'gave 0 partitions' }),
    ],
  },
  once(
    'partition-collector',
    `open(-) W[1-2] data(0:2) W[3-4] data(0:4) data(0:4) status(COMPLETED COMPLETED)
     open(-) W[5-6] data(1:2) W[7-8] data(1:4) data(1:4) status(COMPLETED COMPLETED)`,
    'load COMPLETED read 8 write 8 commit 6',
  ),
  once(
    'partition-batchlet-collector',
    'a data(0:0) status(COMPLETED X) a data(1:0) status(COMPLETED Y)',
    'a COMPLETED',
  ),
  once('partition-analyzer-exit', 'a a b', 'a COMPLETED(MERGED)', 'b COMPLETED'),
  once(
    'partition-failed-batchlet',
    `a collect data(0:0) status(COMPLETED COMPLETED)
     a collect data(1:0) status(FAILED FAILED)
     a collect data(2:0) status(COMPLETED COMPLETED)`,
    'a FAILED',
  ),
  once(
    'partition-failed-chunk',
    `open(-) W[1-2] data(0:2) status(FAILED FAILED)
     open(-) W[5-6] data(1:2) W[7-8] data(1:4) data(1:4) status(COMPLETED COMPLETED)`,
    'load FAILED read 6 write 6 commit 4 rollback 1',
  ),
  once(
    'partition-reducer',
    'beforeStep beginStep map(2) a a beforeCompletion after(COMMIT) afterStep',
    'a COMPLETED',
  ),
  once('partition-reducer-rollback', 'beginStep a a rollback after(ROLLBACK)', 'a FAILED'),
  {
    file: 'partition-reducer-fails',
    executions: [
      failed('beginStep a a beforeCompletion rollback after(ROLLBACK)', 'a FAILED', {
        parameters: { at: 'beforeCompletion:FatalException' },
        failure: 'FatalException at beforeCompletion',
      }),
      failed('beginStep rollback after(ROLLBACK)', 'a FAILED', {
        anew: true,
        parameters: { at: 'beginStep:FatalException' },
      }),
      failed('beginStep a a beforeCompletion after(COMMIT)', 'a FAILED', {
        anew: true,
        parameters: { at: 'after:FatalException' },
      }),
    ],
  },
  {
    file: 'partition-analyzer-fails',
    executions: [
      failed('beginStep a data(0:0) a rollback after(ROLLBACK)', 'a FAILED', {
        failure: 'FatalException at data',
      }),
    ],
  },
  once(
    'partition-listeners',
    'beforeStep open(-) beforeChunk W[1-2] open(-) beforeChunk W[5-6] afterStep',
    'load COMPLETED read 4 write 4 commit 2',
  ),
  {
    file: 'partition-restart-plan',
    executions: [
      failed('x y z', 'a FAILED', { parameters: { fail: 'OrderException' } }),
      { calls: 'y', steps: ['a COMPLETED'] },
    ],
    refused: 'WM9056',
  },
  {
    file: 'partition-restart-later',
    executions: [
      failed('beginStep x y z', 'a FAILED', { parameters: { fail: 'OrderException' } }),
      failed('beginStep', 'a FAILED', { parameters: { at: 'beginStep:FatalException' } }),
      { calls: 'beginStep y', steps: ['a COMPLETED'] },
    ],
  },
  {
    file: 'partition-user-data',
    executions: [
      failed('x had(-) y had(-)', 'a FAILED', { parameters: { fail: 'OrderException' } }),
      { calls: 'x had(x) y had(y)', steps: ['a COMPLETED'] },
    ],
  },
  {
    file: 'partition-stop',
    executions: [
      {
        parameters: { stopAt: '2' },
        batch: 'STOPPED',
        calls: 'open(-) W[1-2] status(STOPPED STOPPED) status(STOPPED STOPPED)',
        steps: ['load STOPPED read 2 write 2 commit 1'],
      },
      {
        calls: 'open(2) W[3-4] status(COMPLETED COMPLETED) open(-) W[5-8] status(COMPLETED COMPLETED)',
        steps: ['load COMPLETED read 6 write 6 commit 2'],
      },
    ],
    written: '1-8',
  },
  once('partition-contexts', 'a status(COMPLETED MINE) a status(COMPLETED MINE)', 'a COMPLETED'),
  once(
    'partition-plan-scope',
    `own[own=one none=default step=one] step[where=one] job[]
     own[own=two none=default step=two] step[where=two] job[]
     own[own=nothing] step[] job[]`,
    'a COMPLETED',
    'b COMPLETED',
  ),
  once(
    'partition-limits',
    'open(-) W[1,3-4] open(-) W[5,7-8]',
    'load COMPLETED read 8 write 6 commit 2 processSkip 2',
  ),
  {
    file: 'limits-instance',
    executions: [
      {
        parameters: { fail: '2:OrderException,4:OrderException,6:OrderException' },
        batch: 'FAILED',
        calls: 'open(-) W[1,3] open(-)',
        steps: ['load FAILED read 4 write 2 commit 1 rollback 1 processSkip 2'],
      },
      {
        parameters: { fail: '7:OrderException' },
        batch: 'FAILED',
        calls: 'open(-)',
        steps: ['load FAILED rollback 1'],
      },
      { calls: 'open(-) W[5-8]', steps: ['load COMPLETED read 4 write 4 commit 1'] },
    ],
    written: '1,3,5-8',
  },
  {
    file: 'partition-again',
    executions: [
      {
        parameters: { fail: 'OrderException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-4] open(-) W[5-8] b',
        steps: ['load COMPLETED read 8 write 8 commit 2', 'b FAILED'],
      },
      {
        calls: 'open(-) W[1-4] open(-) W[5-8] b',
        steps: ['load COMPLETED read 8 write 8 commit 2', 'b COMPLETED'],
      },
    ],
  },
  {
    file: 'partition-in-split',
    executions: [{ anyOrder: true, calls: 'a a b', steps: ['a COMPLETED', 'b COMPLETED'] }],
  },
  once(
    'partition-custom-policy',
    'open(-) W[1] W[2] W[3] W[4] open(-) W[5-7] W[8]',
    'load COMPLETED read 8 write 8 commit 7',
  ),
];
