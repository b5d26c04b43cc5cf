/** Exceptions after which something is tried again, with and without rollback (Jakarta Batch 2.1, sections 8.2.1.4 and 11.7). */
import type { JobCase } from '../job-files.ts';

const once = (file: string, calls: string, step: string): JobCase => ({
  file,
  executions: [{ calls, steps: [step], ...(step.includes(' FAILED') ? { batch: 'FAILED' as const } : {}) }],
});

export const RETRIES: readonly JobCase[] = [
  once(
    'retry-read',
    `open(-) R1 R2 R3 W[1-3] R4 R5 onRetryReadException(TransientException) closeR onError(TransientException)
     open(3) R4 W[4] R5 W[5] R6 R- W[6] closeR`,
    'load COMPLETED read 6 write 6 commit 4 rollback 1',
  ),
  once(
    'retry-process',
    `open(-) onRetryProcessException(2 TransientException) onError(TransientException)
     open(-) W[1] W[2] W[3-5] W[6]`,
    'load COMPLETED read 6 write 6 commit 4 rollback 1',
  ),
  once(
    'retry-write',
    `open(-) W[1-3] W[4-6] onRetryWriteException([4-6] TransientException) onError(TransientException)
     open(3) W[4] W[5] W[6]`,
    'load COMPLETED read 6 write 6 commit 5 rollback 1',
  ),
  once(
    'retry-order-of-calls',
    `open(-) openW(-)
     beforeChunk R1 P1 R2 P2 onProcessError(2 TransientException) onRetryProcessException(2 TransientException)
     closeW closeR onError(TransientException)
     openW(-) open(-)
     beforeChunk R1 P1 W[1] afterChunk CR1 CW1
     beforeChunk R2 P2 W[2] afterChunk CR2 CW2
     beforeChunk R- afterChunk CR2 CW2
     closeW closeR`,
    'load COMPLETED read 2 write 2 commit 3 rollback 1',
  ),
  once('retry-limit', 'open(-) open(-) W[1] open(1)', 'load FAILED read 1 write 1 commit 1 rollback 3'),
  once(
    'retry-limit-reached',
    'open(-) open(-) W[1] open(1) W[2] W[3-5] W[6]',
    'load COMPLETED read 6 write 6 commit 4 rollback 2',
  ),
  once('retry-limit-zero', 'open(-)', 'load FAILED rollback 1'),
  once('retry-exclude', 'open(-) open(-) W[1] W[2]', 'load FAILED read 2 write 2 commit 2 rollback 2'),
  once(
    'retry-in-place-read',
    'open(-) R1 R2 R2 R2 R3 W[1-3] R4 R5 R6 W[4-6] R-',
    'load COMPLETED read 6 write 6 commit 3',
  ),
  once(
    'retry-in-place-process',
    'open(-) P1 P2 P2 P2 P3 W[1-3] P4 P5 P6 W[4-6]',
    'load COMPLETED read 6 write 6 commit 3',
  ),
  once('retry-in-place-write', 'open(-) W[1-3] W[1-3] W[4-6]', 'load COMPLETED read 6 write 6 commit 3'),
  once(
    'retry-no-rollback-exclude',
    'open(-) W[1-3] open(3) W[4] W[5] W[6]',
    'load COMPLETED read 6 write 6 commit 4 rollback 1',
  ),
  once(
    'retry-then-skip-write',
    'open(-) W[1-3] W[4-6] open(3) W[4] W[5] W[6]',
    'load COMPLETED read 6 write 5 commit 5 rollback 1 writeSkip 1',
  ),
  once(
    'retry-then-skip-process',
    'open(-) open(-) W[1] W[] W[3-5] W[6]',
    'load COMPLETED read 6 write 5 commit 4 rollback 1 processSkip 1',
  ),
  once(
    'retry-then-skip-read',
    'open(-) W[1-3] open(3) W[4] W[6]',
    'load COMPLETED read 5 write 5 commit 3 rollback 1 readSkip 1',
  ),
  once(
    'retry-after-skip',
    'open(-) open(-) W[1] W[] W[3] W[4-6]',
    'load COMPLETED read 6 write 5 commit 5 rollback 1 processSkip 1',
  ),
  once(
    'retry-two-items',
    'open(-) open(-) open(-) W[1] W[2] W[3] W[4-7] W[8]',
    'load COMPLETED read 8 write 8 commit 5 rollback 2',
  ),
  once(
    'retry-custom',
    `open(-) begin ready
     open(-) begin W[1] end begin W[2] end begin ready ready W[3-4] end begin ready ready W[5-6] end`,
    'load COMPLETED read 6 write 6 commit 4 rollback 1',
  ),
  once(
    'recovery-scan',
    'open(-) R1 R2 R3 W[1-3] R4 R5 R6 W[4-6] W[4] W[5] W[6] R-',
    'load COMPLETED read 6 write 5 commit 5 rollback 2 writeSkip 1',
  ),
  {
    file: 'retry-everywhere',
    executions: [
      {
        calls: 'open(-) open(-) W[1] W[2-4] open(4) W[5] W[6-8] open(5) W[6] W[7] W[8] W[9]',
        steps: ['load COMPLETED read 9 write 9 commit 7 rollback 3'],
      },
      {
        anew: true,
        parameters: { limit: '2' },
        batch: 'FAILED',
        calls: 'open(-) open(-) W[1] W[2-4] open(4) W[5] W[6-8]',
        steps: ['load FAILED read 5 write 5 commit 3 rollback 3'],
      },
    ],
  },
];
