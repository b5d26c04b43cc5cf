/** Listeners at every place, jobs that are stopped, and one whole job (Jakarta Batch 2.1, sections 9.2, 10.8 and 11). */
import type { Expected, JobCase } from '../job-files.ts';

const run = (calls: string, steps: readonly string[], more: Partial<Expected> = {}): Expected => ({
  calls,
  steps: steps.map((step) => (step.includes(' ') || step.includes('(') ? step : `${step} COMPLETED`)),
  ...more,
});
const one = (file: string, expected: Expected): JobCase => ({ file, executions: [expected] });
const failsAt = (at: string, calls: string, parameters: Readonly<Record<string, string>> = {}): Expected =>
  run(calls, ['load FAILED rollback 1'], {
    anew: true,
    parameters: { at, ...parameters },
    batch: 'FAILED',
    failure: 'FatalException at',
  });
const STOPPED = { batch: 'STOPPED' } as const;

export const LISTENERS_AND_STOPS: readonly JobCase[] = [
  one('job-listeners', run('x.beforeJob y.beforeJob a x.afterJob y.afterJob', ['a'])),
  one(
    'job-listener-before-fails',
    run('beforeJob afterJob', [], { batch: 'FAILED', failure: 'OrderException at beforeJob' }),
  ),
  one(
    'job-listener-after-fails',
    run('beforeJob a afterJob', ['a'], { batch: 'FAILED', failure: 'OrderException at afterJob' }),
  ),
  {
    file: 'job-listener-statuses',
    executions: [
      run('a afterJob (COMPLETED - -)', ['a']),
      run('a afterJob (COMPLETED OK -)', ['a'], { anew: true, parameters: { exit: 'OK' }, exit: 'OK' }),
      run('a afterJob (FAILED - -)', ['a FAILED'], {
        anew: true,
        parameters: { fail: 'OrderException' },
        batch: 'FAILED',
      }),
    ],
  },
  one(
    'step-listener-before-fails',
    run('beforeStep afterStep', ['a FAILED'], { batch: 'FAILED', failure: 'OrderException at beforeStep' }),
  ),
  one(
    'step-listener-after-fails',
    run('open(-) W[1-2]', ['a FAILED read 2 write 2 commit 1'], {
      batch: 'FAILED',
      failure: 'OrderException at afterStep',
    }),
  ),
  {
    file: 'step-listener-statuses',
    executions: [
      run('a afterStep (COMPLETED - -)', ['a']),
      run('a afterStep (COMPLETED OK -)', ['a COMPLETED(OK)'], { anew: true, parameters: { exit: 'OK' } }),
      run('a afterStep (FAILED - OrderException)', ['a FAILED'], {
        anew: true,
        parameters: { fail: 'OrderException' },
        batch: 'FAILED',
      }),
    ],
  },
  one(
    'step-listener-survived',
    run(
      'open(-) onError(TransientException) open(-) W[1] W[3] afterStep (COMPLETED - BadOrderException)',
      ['load COMPLETED read 3 write 2 commit 2 rollback 1 processSkip 1'],
      { failure: '' },
    ),
  ),
  one('step-listener-batchlet', run('beforeStep a afterStep', ['a'])),
  one(
    'listener-twice',
    run('one.beforeStep open(-) one.beforeChunk W[1] two.afterChunk two.afterStep', [
      'a COMPLETED read 1 write 1 commit 1',
    ]),
  ),
  one(
    'listeners-everywhere',
    run(
      `job.beforeJob a.beforeStep a a.afterStep
       b.beforeStep open(-) b.beforeChunk W[1] b.afterChunk b.afterStep job.afterJob`,
      ['a', 'b COMPLETED read 1 write 1 commit 1'],
    ),
  ),
  {
    file: 'listener-fails',
    executions: [
      ...['beforeChunk', 'beforeRead', 'afterRead', 'beforeProcess', 'afterProcess', 'beforeWrite'].map(
        (event) => failsAt(`${event}:FatalException`, 'open(-)'),
      ),
      ...['afterWrite', 'afterChunk'].map((event) => failsAt(`${event}:FatalException`, 'open(-) W[1-2]')),
    ],
  },
  {
    file: 'listener-of-errors-fails',
    executions: [
      failsAt('onReadError', 'open(-)', { read: '1:BadOrderException' }),
      failsAt('onSkipReadItem', 'open(-)', { read: '1:BadOrderException' }),
      failsAt('onRetryReadException', 'open(-)', { read: '1:TransientException' }),
      failsAt('onProcessError', 'open(-)', { process: '1:BadOrderException' }),
      failsAt('onSkipProcessItem', 'open(-)', { process: '1:BadOrderException' }),
      failsAt('onRetryProcessException', 'open(-)', { process: '1:TransientException' }),
      failsAt('onWriteError', 'open(-) W[1-2]', { write: '1:BadOrderException' }),
      failsAt('onSkipWriteItem', 'open(-) W[1-2]', { write: '1:BadOrderException' }),
      failsAt('onRetryWriteException', 'open(-) W[1-2]', { write: '1:TransientException' }),
    ],
  },
  {
    file: 'listener-on-error',
    executions: ['', 'onError:FatalException'].map((at) =>
      run('open(-) onError(OrderException)', ['load FAILED rollback 1'], {
        anew: true,
        parameters: { at },
        batch: 'FAILED',
        failure: 'OrderException at 2',
      }),
    ),
  },
  {
    file: 'stop-chunk',
    executions: [
      run('open(-) W[1-8]', ['load STOPPED read 8 write 8 commit 1'], {
        ...STOPPED,
        parameters: { stopAt: '8' },
      }),
      run('open(8) W[9-18] W[19-20]', ['load COMPLETED read 12 write 12 commit 2']),
    ],
    written: '1-20',
  },
  {
    file: 'stop-chunk-full',
    executions: [
      run('open(-) W[1-4]', ['load STOPPED read 4 write 4 commit 1'], {
        ...STOPPED,
        parameters: { stopAt: '4' },
      }),
      run('open(4) W[5-8]', ['load COMPLETED read 4 write 4 commit 2']),
    ],
  },
  {
    file: 'stop-last-item',
    executions: [
      run('open(-) W[1-3] afterChunk', ['load STOPPED read 3 write 3 commit 1'], {
        ...STOPPED,
        parameters: { stopAt: '3' },
      }),
      run('open(3) afterChunk', ['load COMPLETED commit 1']),
    ],
  },
  {
    file: 'stop-custom',
    executions: [
      run('open(-) begin W[1-3] end', ['load STOPPED read 3 write 3 commit 1'], {
        ...STOPPED,
        parameters: { stopAt: '3' },
      }),
      run('open(3) begin W[4-6] end', ['load COMPLETED read 3 write 3 commit 1']),
    ],
  },
  {
    file: 'stop-user-data',
    executions: [
      run('open(-) W[1-3]', ['load STOPPED read 3 write 3 commit 1 data(103)'], {
        ...STOPPED,
        parameters: { stopAt: '3' },
      }),
      run('open(3) W[4-5]', ['load COMPLETED read 2 write 2 commit 1 data(205)']),
    ],
  },
  {
    file: 'stop-while-skipping',
    executions: [
      run('open(-) W[1]', ['load STOPPED read 1 write 1 commit 1 readSkip 1'], {
        ...STOPPED,
        parameters: { stopOn: 'onSkipReadItem' },
      }),
      run('open(2) W[10]', ['load COMPLETED read 1 write 1 commit 1 readSkip 7']),
      run('open(-) W[1]', ['load STOPPED read 2 write 1 commit 1 processSkip 1'], {
        ...STOPPED,
        anew: true,
        parameters: { stopOn: 'onSkipProcessItem', process: '2:BadOrderException', second: '-' },
      }),
      run('open(2) W[10]', ['load COMPLETED read 1 write 1 commit 1 readSkip 7']),
    ],
  },
  {
    file: 'stop-while-retrying',
    executions: [
      run('open(-) W[1]', ['load STOPPED read 1 write 1 commit 1'], {
        ...STOPPED,
        parameters: { stopOn: 'onRetryReadException', read: '2:BusyException*999' },
      }),
      run('open(1) W[2-4]', ['load COMPLETED read 3 write 3 commit 1']),
      run('open(-) open(-)', ['load STOPPED rollback 1'], {
        ...STOPPED,
        anew: true,
        parameters: { stopOn: 'onRetryProcessException', process: '2:BusyException*999' },
      }),
      run('open(-) W[1-4]', ['load COMPLETED read 4 write 4 commit 1']),
      run('open(-) W[1-4] open(-)', ['load STOPPED rollback 1'], {
        ...STOPPED,
        anew: true,
        parameters: { stopOn: 'onRetryWriteException', write: '2:BusyException*999' },
      }),
      run('open(-) W[1-4]', ['load COMPLETED read 4 write 4 commit 1']),
      run('open(-) open(-)', ['load STOPPED rollback 1'], {
        ...STOPPED,
        anew: true,
        parameters: { stopOn: 'onRetryProcessException', process: '3:TransientException*999' },
      }),
    ],
  },
  {
    file: 'stop-batchlet',
    executions: [
      run('a stop', ['a STOPPED(DONE)'], { ...STOPPED, parameters: { stop: 'yes' } }),
      run('a b', ['a COMPLETED(DONE)', 'b']),
    ],
  },
  {
    file: 'stop-in-flow',
    executions: [
      run('a b stop', ['a', 'b STOPPED'], { ...STOPPED, parameters: { stop: 'yes' } }),
      run('b c d', ['b', 'c', 'd']),
    ],
    refused: 'WM9056',
  },
  {
    file: 'nightly-import',
    executions: [
      run(
        `job.beforeJob
         n.map(2) n0.open(-) n0.W[1-2] n0.W[3-4] n1.open(-) n1.W[5-6] n.after(ROLLBACK)
         s.open(-) s.W[100-101] s.W[102]
         job.afterJob`,
        [
          'load-north FAILED read 6 write 6 commit 4 rollback 1',
          'load-south COMPLETED read 3 write 3 commit 2',
        ],
        { anyOrder: true, parameters: { fail: '7:FatalException' }, batch: 'FAILED' },
      ),
      run(
        `job.beforeJob
         n.map(2) n1.open(2) n1.W[7-8] n.after(COMMIT)
         decide(load-north:COMPLETED load-south:COMPLETED)
         open(-) sum.W[1,3-5]
         clean job.afterJob`,
        [
          'load-north COMPLETED read 2 write 2 commit 2',
          'sum COMPLETED read 5 write 4 commit 1 processSkip 1',
          'clean',
        ],
        { exit: 'IMPORTED' },
      ),
    ],
  },
];
