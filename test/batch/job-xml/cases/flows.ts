/** Flows, splits and decisions (Jakarta Batch 2.1, sections 8.3 to 8.5, 8.9.4 and 9.6). */
import type { Expected, JobCase } from '../job-files.ts';

const run = (calls: string, steps: readonly string[], more: Partial<Expected> = {}): Expected => ({
  calls,
  steps: steps.map((step) => (step.includes(' ') || step.includes('(') ? step : `${step} COMPLETED`)),
  ...more,
});
const one = (file: string, expected: Expected): JobCase => ({ file, executions: [expected] });
const FAIL = { parameters: { fail: 'OrderException' }, batch: 'FAILED' } as const;
const AT_ONCE = { anyOrder: true } as const;

export const FLOWS: readonly JobCase[] = [
  one('flow', run('a b c', ['a', 'b', 'c'])),
  {
    file: 'flow-transitions',
    executions: [
      run('a c d', ['a COMPLETED(LEFT)', 'c', 'd'], { parameters: { exit: 'LEFT' } }),
      run('a b d', ['a COMPLETED(RIGHT)', 'b', 'd'], { anew: true, parameters: { exit: 'RIGHT' } }),
    ],
  },
  one('flow-in-flow', run('a b c d e', ['a', 'b', 'c', 'd', 'e'])),
  one('flow-ends-job', run('a', ['a'], { exit: 'INSIDE' })),
  one('flow-fails-job', run('a', ['a COMPLETED(BAD)'], { batch: 'FAILED', exit: 'INSIDE' })),
  {
    file: 'flow-stops-job',
    executions: [run('a', ['a'], { batch: 'STOPPED' }), run('c', ['c'])],
  },
  {
    file: 'flow-restart',
    executions: [run('a b c', ['a', 'b', 'c FAILED'], FAIL), run('c d e', ['c', 'd', 'e'])],
  },
  {
    file: 'flow-ends-with-exit-status',
    executions: [
      run('a b c', ['a', 'b COMPLETED(OK)', 'c'], { parameters: { exit: 'OK' } }),
      run('a b', ['a', 'b COMPLETED(BAD)'], { anew: true, parameters: { exit: 'BAD' }, exit: 'NOT OK' }),
    ],
  },
  {
    file: 'flow-decision',
    executions: [
      run('a decide(a:COMPLETED) b e', ['a', 'b', 'e'], { parameters: { decide: 'LEFT' }, exit: 'LEFT' }),
      run('a decide(a:COMPLETED) c e', ['a', 'c', 'e'], {
        anew: true,
        parameters: { decide: 'RIGHT' },
        exit: 'RIGHT',
      }),
    ],
  },
  one('split', run('a b c d', ['a', 'b', 'c', 'd'], AT_ONCE)),
  one('split-one-flow', run('a', ['a'])),
  one('split-in-flow-in-split', run('a b c d e', ['a', 'b', 'c', 'd', 'e'], AT_ONCE)),
  {
    file: 'split-fails',
    executions: [run('a b c', ['a FAILED', 'b', 'c'], { ...FAIL, ...AT_ONCE }), run('a d', ['a', 'd'])],
  },
  {
    file: 'split-stops',
    executions: [
      run('a b c', ['a COMPLETED(HALF)', 'b', 'c'], {
        ...AT_ONCE,
        parameters: { exit: 'HALF' },
        batch: 'STOPPED',
      }),
      run('', [], { batch: 'STOPPED' }),
    ],
  },
  one('split-ends', run('a b', ['a', 'b'], { ...AT_ONCE, exit: 'ENOUGH' })),
  one('split-worst', run('a b', ['a', 'b FAILED'], { ...AT_ONCE, batch: 'FAILED' })),
  {
    file: 'split-chunks',
    executions: [
      run(
        'a.open(-) a.W[1-2] b.open(-) b.W[1-2]',
        ['a FAILED read 2 write 2 commit 1 rollback 1', 'b COMPLETED read 2 write 2 commit 2'],
        { ...AT_ONCE, parameters: { fail: '3:FatalException' }, batch: 'FAILED' },
      ),
      run('a.open(2) a.W[3-4]', ['a COMPLETED read 2 write 2 commit 2']),
    ],
  },
  {
    file: 'decision',
    executions: [
      run('a decide(a:SEEN) b', ['a COMPLETED(SEEN)', 'b'], { exit: 'LEFT' }),
      run('a decide(a:SEEN) c', ['a COMPLETED(SEEN)', 'c'], {
        anew: true,
        parameters: { decide: 'RIGHT' },
        exit: 'RIGHT',
      }),
    ],
  },
  {
    file: 'decision-ends',
    executions: [
      run('a decide(a:COMPLETED)', ['a'], { parameters: { decide: 'END' }, exit: 'ENDED' }),
      run('a decide(a:COMPLETED)', ['a'], {
        anew: true,
        parameters: { decide: 'FX' },
        batch: 'FAILED',
        exit: 'FELL',
      }),
      run('a decide(a:COMPLETED)', ['a'], {
        anew: true,
        parameters: { decide: 'S' },
        batch: 'STOPPED',
        exit: 'HELD',
      }),
      run('b', ['b']),
    ],
  },
  one('decision-without-match', run('a decide(a:COMPLETED)', ['a'], { exit: 'Y' })),
  one(
    'decision-after-split',
    run('a b c decide(b:2 c:3) e', ['a COMPLETED(1)', 'b COMPLETED(2)', 'c COMPLETED(3)', 'e'], {
      ...AT_ONCE,
      exit: 'GO',
    }),
  ),
  one('decision-after-flow', run('a b decide(b:LAST) c', ['a', 'b COMPLETED(LAST)', 'c'], { exit: 'LAST' })),
  one(
    'decision-after-decision',
    run('a decide(a:A) decide(a:A) b', ['a COMPLETED(A)', 'b'], { exit: 'TWO' }),
  ),
  {
    file: 'decision-restart',
    executions: [
      run('a decide(a:OLD) b', ['a COMPLETED(OLD)', 'b FAILED'], { ...FAIL, exit: 'OLD' }),
      run('decide(a:OLD) b', ['b'], { parameters: { exit: 'NEW' }, exit: 'OLD' }),
    ],
  },
  one(
    'decision-fails',
    run('a decide(a:COMPLETED)', ['a'], { batch: 'FAILED', failure: 'OrderException at decide' }),
  ),
  one('decision-rescued-step', run('a decide(a:FAILED)', ['a FAILED'], { exit: 'GIVEN UP' })),
];
