/** Statuses, transitions, start limits and restarts of whole steps (Jakarta Batch 2.1, sections 8.2, 8.6, 8.7, 8.9 and 10.8). */
import type { Expected, JobCase } from '../job-files.ts';

/** Each of `steps` COMPLETED, unless it says more than its name. */
const run = (calls: string, steps: readonly string[], more: Partial<Expected> = {}): Expected => ({
  calls,
  steps: steps.map((step) => (step.includes(' ') || step.includes('(') ? step : `${step} COMPLETED`)),
  ...more,
});
const one = (file: string, expected: Expected): JobCase => ({ file, executions: [expected] });
const FAIL = { parameters: { fail: 'OrderException' }, batch: 'FAILED' } as const;
const globs = (exit: string, target: string): Expected =>
  run(`a ${target}`, [`a COMPLETED(${exit})`, target], { anew: true, parameters: { exit } });

export const STATUSES: readonly JobCase[] = [
  one('exit-status-default', run('a', ['a'])),
  one('exit-status-batchlet', run('a', ['a COMPLETED(ORDERS DONE)'])),
  one('exit-status-context', run('a b c', ['a COMPLETED(set)', 'b COMPLETED(set)', 'c COMPLETED(heard)'])),
  {
    file: 'exit-status-job',
    executions: [
      run('a b', ['a', 'b'], { exit: 'SECOND' }),
      run('a b', ['a', 'b'], { anew: true, parameters: { last: 'LAST' }, exit: 'LAST' }),
    ],
  },
  {
    file: 'next-globs',
    executions: [
      globs('GOOD', 'b'),
      globs('GOODNESS', 'c'),
      globs('GO', 'c'),
      globs('BAD', 'd'),
      globs('BAAD', 'f'),
      globs('BAAD-', 'e'),
      globs('-', 'e'),
      globs('NOT GOOD', 'f'),
    ],
  },
  one('next-first-match', run('a b', ['a COMPLETED(EXACT)', 'b'])),
  one('next-case', run('a d', ['a COMPLETED(DONE)', 'd'])),
  one('next-without-match', run('a b', ['a COMPLETED(THIS)', 'b'])),
  one('no-next', run('a', ['a'])),
  one('end', run('a', ['a COMPLETED(DONE)'])),
  one('end-exit-status', run('a', ['a'], { exit: 'EARLY' })),
  one('end-keeps-exit-status', run('a', ['a'], { exit: 'SET' })),
  {
    file: 'fail',
    executions: [
      run('a b', ['a', 'b COMPLETED(BAD)'], { batch: 'FAILED' }),
      run('', [], { batch: 'FAILED' }),
    ],
  },
  one('fail-exit-status', run('a', ['a COMPLETED(BAD)'], { batch: 'FAILED', exit: 'REJECTED' })),
  {
    file: 'stop',
    executions: [run('a', ['a COMPLETED(HALF)'], { batch: 'STOPPED' }), run('', [], { batch: 'STOPPED' })],
  },
  {
    file: 'stop-exit-status',
    executions: [run('a', ['a COMPLETED(HALF)'], { batch: 'STOPPED', exit: 'PAUSED' }), run('b', ['b'])],
  },
  {
    file: 'stop-restart',
    executions: [run('a b', ['a', 'b'], { batch: 'STOPPED' }), run('c d', ['c', 'd'])],
    refused: 'WM9056',
  },
  {
    file: 'stop-restart-parameter',
    executions: [
      run('a', ['a'], { parameters: { where: 'c' }, batch: 'STOPPED', exit: 'LATER' }),
      run('c', ['c']),
    ],
  },
  one('rescue', run('a repair b', ['a FAILED', 'repair', 'b'])),
  one('rescue-by-exit-status', run('a c', ['a FAILED(MISSING)', 'c'])),
  one('failed-end', run('a', ['a FAILED'], { exit: 'NOTHING TO DO' })),
  {
    file: 'failed-stop',
    executions: [run('a', ['a FAILED'], { ...FAIL, batch: 'STOPPED' }), run('a b', ['a', 'b'])],
  },
  {
    file: 'failed-next',
    executions: [
      run('a', ['a FAILED'], { ...FAIL, failure: 'OrderException at process' }),
      run('a b', ['a', 'b']),
    ],
  },
  {
    file: 'not-restartable',
    executions: [run('a', ['a FAILED'], { batch: 'FAILED' })],
    refused: 'WM9057',
  },
  {
    file: 'restartable-parameter',
    executions: [run('a', ['a FAILED'], FAIL), run('a', ['a'])],
    refused: 'WM9056',
  },
  {
    file: 'restart-steps',
    executions: [run('a b', ['a', 'b FAILED'], FAIL), run('b c', ['b', 'c'])],
  },
  {
    file: 'restart-exit-status',
    executions: [
      run('a c', ['a COMPLETED(LEFT)', 'c FAILED'], FAIL),
      run('c', ['c'], { parameters: { exit: 'OTHER' } }),
    ],
  },
  {
    file: 'start-limit-one',
    executions: [
      run('a', ['a FAILED'], FAIL),
      run('', [], { batch: 'FAILED', failure: 'its start-limit is 1' }),
    ],
  },
  {
    file: 'start-limit-states',
    executions: [
      run('a', ['a FAILED'], { parameters: { a: 'OrderException' }, batch: 'FAILED' }),
      run('a b', ['a', 'b FAILED'], { parameters: { b: 'OrderException' }, batch: 'FAILED' }),
      run('b', ['b FAILED'], { parameters: { b: 'OrderException' }, batch: 'FAILED' }),
      run('b c', ['b', 'c FAILED'], { parameters: { c: 'OrderException' }, batch: 'FAILED' }),
      run('', [], { batch: 'FAILED', failure: 'its start-limit is 1' }),
    ],
  },
  {
    file: 'start-limit-zero',
    executions: [
      run('a', ['a FAILED'], FAIL),
      run('a', ['a FAILED'], FAIL),
      run('a', ['a FAILED'], FAIL),
      run('a', ['a']),
    ],
  },
  {
    file: 'start-limit-complete',
    executions: [
      run('a b', ['a', 'b FAILED'], FAIL),
      run('a b', ['a', 'b FAILED'], FAIL),
      run('', [], { batch: 'FAILED', failure: 'its start-limit is 2' }),
    ],
  },
  {
    file: 'start-limit-left-out',
    executions: [run('a b', ['a', 'b FAILED'], FAIL), run('b', ['b FAILED'], FAIL), run('b', ['b'])],
  },
  {
    file: 'again-batchlet',
    executions: [
      run('a had(-) b had(-)', ['a COMPLETED data(x)', 'b FAILED data(y)'], FAIL),
      run('a had(-) b had(y)', ['a COMPLETED data(x)', 'b COMPLETED data(yy)']),
    ],
  },
  {
    file: 'again-chunk',
    executions: [
      run('open(-) W[1-2] W[3] b', ['a COMPLETED read 3 write 3 commit 2', 'b FAILED'], FAIL),
      run('open(-) W[1-2] W[3] b', ['a COMPLETED read 3 write 3 commit 2', 'b']),
    ],
    written: '1-3,1-3',
  },
  {
    file: 'user-data-batchlet',
    executions: [
      run('a had(-)', ['a FAILED data(x)'], {
        parameters: { add: 'x', fail: 'OrderException' },
        batch: 'FAILED',
      }),
      run('a had(x)', ['a FAILED data(xy)'], {
        parameters: { add: 'y', fail: 'OrderException' },
        batch: 'FAILED',
      }),
      run('a had(xy)', ['a COMPLETED data(xyz)'], { parameters: { add: 'z' } }),
    ],
  },
  {
    file: 'parameters-not-remembered',
    executions: [
      run('own[day=Monday hour=9] step[] job[]', ['a'], {
        parameters: { day: 'Monday', hour: '9', stopOn: 'COMPLETED' },
        batch: 'STOPPED',
      }),
      run('own[day=none hour=] step[] job[]', ['a']),
    ],
  },
];
