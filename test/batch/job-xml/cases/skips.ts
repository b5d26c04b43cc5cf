/** Exceptions that are skipped, and which ones those are (Jakarta Batch 2.1, section 8.2.1.4). */
import type { Expected, JobCase } from '../job-files.ts';

const once = (file: string, calls: string, step: string): JobCase => ({
  file,
  executions: [{ calls, steps: [step] }],
});

const failed = (calls: string, step: string, fail?: string): Expected => ({
  batch: 'FAILED',
  calls,
  steps: [step],
  ...(fail === undefined ? {} : { parameters: { fail } }),
});

const SKIPPED_2 = 'load FAILED read 3 write 2 commit 1 rollback 1 processSkip 1';
const ALL_BUT_2 = {
  anew: true,
  calls: 'open(-) W[1,3] W[4-6]',
  steps: ['load COMPLETED read 6 write 5 commit 3 processSkip 1'],
} as const;

export const SKIPS: readonly JobCase[] = [
  once(
    'skip-read',
    'open(-) onReadError(BadOrderException) onSkipReadItem(BadOrderException) W[1-2,4] W[5-6]',
    'load COMPLETED read 5 write 5 commit 2 readSkip 1',
  ),
  once(
    'skip-process',
    'open(-) onProcessError(2 BadOrderException) onSkipProcessItem(2 BadOrderException) W[1,3] W[4,6]',
    'load COMPLETED read 6 write 4 filter 1 commit 3 processSkip 1',
  ),
  once(
    'skip-write',
    'open(-) W[1-3] onWriteError([1-3] BadOrderException) onSkipWriteItem([1-3] BadOrderException) W[4-6]',
    'load COMPLETED read 6 write 3 commit 3 writeSkip 1',
  ),
  once(
    'skip-everywhere',
    'open(-) W[2-4] W[6-7] W[8-10] W[11-12]',
    'load COMPLETED read 11 write 7 commit 4 readSkip 1 processSkip 1 writeSkip 1',
  ),
  {
    file: 'skip-limit',
    executions: [
      failed('open(-) W[1,3]', 'load FAILED read 3 write 2 commit 1 rollback 1 readSkip 1 processSkip 1'),
    ],
  },
  once(
    'skip-limit-reached',
    'open(-) W[1,3] W[5-6]',
    'load COMPLETED read 5 write 4 commit 2 readSkip 1 processSkip 1',
  ),
  { file: 'skip-limit-zero', executions: [failed('open(-)', 'load FAILED rollback 1')] },
  {
    file: 'skip-exclude-child',
    executions: [failed('open(-) W[1,3]', SKIPPED_2, '4:BadOrderException'), ALL_BUT_2],
  },
  {
    file: 'skip-exclude-parent',
    executions: [
      failed('open(-) W[1,3]', SKIPPED_2, '4:OrderException'),
      { calls: 'open(3) W[4-6]', steps: ['load COMPLETED read 3 write 3 commit 2'] },
    ],
  },
  {
    file: 'skip-grandchild',
    executions: [
      failed('open(-)', 'load FAILED rollback 1', '3:TransientException'),
      {
        anew: true,
        calls: 'open(-) W[3] W[4-6]',
        steps: ['load COMPLETED read 6 write 4 commit 3 processSkip 2'],
      },
    ],
  },
  { file: 'skip-class-in-both', executions: [failed('open(-)', 'load FAILED rollback 1')] },
  { file: 'skip-exclude-only', executions: [failed('open(-)', 'load FAILED rollback 1')] },
  once(
    'skip-java-exception',
    'open(-) W[4] W[5-6]',
    'load COMPLETED read 5 write 1 commit 2 readSkip 1 processSkip 2 writeSkip 1',
  ),
  {
    file: 'skip-java-classes',
    executions: [failed('open(-) W[1,3]', SKIPPED_2, '4:RuntimeException'), ALL_BUT_2],
  },
  {
    file: 'skip-runtime-exception',
    executions: [
      failed('open(-) W[1,3]', SKIPPED_2, '5:IOException'),
      {
        anew: true,
        calls: 'open(-) W[1,3] W[5-6]',
        steps: ['load COMPLETED read 6 write 4 commit 3 processSkip 2'],
      },
    ],
  },
  once('skip-parent-table', 'open(-) W[1,3] W[4-6]', 'load COMPLETED read 6 write 5 commit 3 processSkip 1'),
  {
    file: 'skip-limit-restart',
    executions: [
      failed('open(-) W[1,3]', SKIPPED_2, '2:OrderException,5:OrderException'),
      {
        parameters: { fail: '4:OrderException' },
        calls: 'open(3) W[5-6]',
        steps: ['load COMPLETED read 3 write 2 commit 2 processSkip 1'],
      },
    ],
    written: '1,3,5-6',
  },
  once('skip-time-limit', 'open(-) W[1] W[4-6] W[7-8]', 'load COMPLETED read 6 write 6 commit 3 readSkip 2'),
  once('skip-trailing', 'open(-) W[1-3]', 'load COMPLETED read 3 write 3 commit 2 readSkip 2'),
  once('skip-process-only-item', 'open(-) W[]', 'load COMPLETED read 1 commit 1 processSkip 1'),
  {
    file: 'skip-then-failure',
    executions: [
      failed('open(-)', 'load FAILED rollback 1', '2:BadOrderException,3:FatalException'),
      {
        parameters: { fail: '2:BadOrderException' },
        calls: 'open(-) W[1,3] W[4-6]',
        steps: ['load COMPLETED read 6 write 5 commit 3 processSkip 1'],
      },
    ],
    written: '1,3-6',
  },
  {
    file: 'failure-listeners',
    executions: [
      failed(
        'open(-) onProcessError(2 FatalException) onError(FatalException) afterStep',
        'load FAILED rollback 1',
      ),
    ],
  },
];
