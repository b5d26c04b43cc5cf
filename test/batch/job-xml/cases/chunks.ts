/** Chunk steps without skip and retry: the loop, checkpoints, policies (Jakarta Batch 2.1, sections 8.2.1, 9.1.1 and 11.6 to 11.9). */
import type { JobCase } from '../job-files.ts';

const once = (file: string, calls: string, ...steps: string[]): JobCase => ({
  file,
  executions: [{ calls, steps }],
});

export const CHUNKS: readonly JobCase[] = [
  once('chunk-defaults', 'open(-) W[1-10] W[11-20] W[21-25]', 'load COMPLETED read 25 write 25 commit 3'),
  once('chunk-exact-multiple', 'open(-) W[1-3] W[4-6] W[7-9]', 'load COMPLETED read 9 write 9 commit 4'),
  once(
    'chunk-of-one',
    'open(-) openW(-) W[1] CW1 W[2] CW2 W[3] CW3 CW3 closeW',
    'load COMPLETED read 3 write 3 commit 4',
  ),
  once(
    'chunk-processor',
    'open(-) P1 P2 W[101-102] P3 P4 W[103-104] P5 W[105]',
    'load COMPLETED read 5 write 5 commit 3',
  ),
  once('chunk-empty', 'open(-) beforeChunk afterChunk', 'load COMPLETED commit 1'),
  once('chunk-filter', 'open(-) W[1,3,5] W[7]', 'load COMPLETED read 7 write 4 filter 3 commit 2'),
  once('chunk-filter-all', 'open(-) W[] W[]', 'load COMPLETED read 4 filter 4 commit 3'),
  once(
    'chunk-order-of-calls',
    `beforeStep open(-) openW(-)
     beforeChunk
       beforeRead R1 afterRead(1) beforeProcess(1) P1 afterProcess(1 1)
       beforeRead R2 afterRead(2) beforeProcess(2) P2 afterProcess(2 2)
       beforeWrite([1-2]) W[1-2] afterWrite([1-2])
     afterChunk CR2 CW2
     beforeChunk beforeRead R- afterRead(-) afterChunk CR2 CW2
     closeW closeR afterStep`,
    'load COMPLETED read 2 write 2 commit 2',
  ),
  {
    file: 'chunk-no-checkpoint',
    executions: [
      {
        parameters: { fail: '4:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-2] W[3-4]',
        steps: ['load FAILED read 2 write 2 commit 1 rollback 1'],
        failure: 'FatalException at 4',
      },
      { calls: 'open(-) W[1-2] W[3-4] W[5-6]', steps: ['load COMPLETED read 6 write 6 commit 4'] },
    ],
    written: '1-2,1-6',
  },
  {
    file: 'chunk-restart',
    executions: [
      {
        parameters: { fail: '8:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-3] W[4-6]',
        steps: ['load FAILED read 6 write 6 commit 2 rollback 1'],
      },
      { calls: 'open(6) W[7-9] W[10]', steps: ['load COMPLETED read 4 write 4 commit 2'] },
    ],
    written: '1-10',
    refused: 'WM9056',
  },
  {
    file: 'chunk-writer-checkpoint',
    executions: [
      {
        parameters: { fail: '5:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) openW(-) W[3]',
        steps: ['load FAILED read 3 write 1 filter 2 commit 1 rollback 1'],
      },
      { calls: 'open(3) openW(1) W[4-6] W[7-8]', steps: ['load COMPLETED read 5 write 5 commit 2'] },
    ],
    written: '3-8',
  },
  {
    file: 'chunk-restart-item-count',
    executions: [
      {
        parameters: { fail: '6:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-4]',
        steps: ['load FAILED read 4 write 4 commit 1 rollback 1'],
      },
      {
        parameters: { size: '3', fail: '11:FatalException' },
        batch: 'FAILED',
        calls: 'open(4) W[5-7] W[8-10]',
        steps: ['load FAILED read 6 write 6 commit 2 rollback 1'],
      },
      { calls: 'open(10) W[11-12]', steps: ['load COMPLETED read 2 write 2 commit 1'] },
    ],
    written: '1-12',
  },
  {
    file: 'chunk-user-data',
    executions: [
      {
        parameters: { fail: '5:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-2] W[3-4] W[5-6]',
        // What the step came to; the restart begins with what the last checkpoint had, 4.
        steps: ['load FAILED read 4 write 4 commit 2 rollback 1 data(6)'],
      },
      { calls: 'open(4) W[5-6] W[7-8] W[9]', steps: ['load COMPLETED read 5 write 5 commit 3 data(9)'] },
    ],
  },
  once('chunk-time-limit', 'open(-) W[1-4] W[5-8] W[9-10]', 'load COMPLETED read 10 write 10 commit 3'),
  {
    file: 'chunk-time-or-items',
    executions: [
      {
        parameters: { takes: '300' },
        calls: 'open(-) W[1-3] W[4-6] W[7]',
        steps: ['load COMPLETED read 7 write 7 commit 3'],
      },
      {
        anew: true,
        parameters: { takes: '1500' },
        calls: 'open(-) W[1-2] W[3-4] W[5-6] W[7]',
        steps: ['load COMPLETED read 7 write 7 commit 4'],
      },
    ],
  },
  once('chunk-time-only', 'open(-) W[1-14] W[15-27]', 'load COMPLETED read 27 write 27 commit 2'),
  once('chunk-no-time-limit', 'open(-) W[1-4] W[5-6]', 'load COMPLETED read 6 write 6 commit 2'),
  once('chunk-slow-read', 'open(-) W[1-2] W[3-6]', 'load COMPLETED read 6 write 6 commit 3'),
  once(
    'chunk-custom',
    'open(-) timeout begin ready ready ready W[1-3] end timeout begin ready ready W[4-5] end',
    'load COMPLETED read 5 write 5 commit 2',
  ),
  once('chunk-custom-alone', 'open(-) W[1-4] W[5-8] W[9]', 'load COMPLETED read 9 write 9 commit 3'),
  once('chunk-item-policy', 'open(-) W[1-3] W[4-5]', 'load COMPLETED read 5 write 5 commit 2'),
  {
    file: 'chunk-custom-fails',
    executions: [
      {
        parameters: { fail: 'timeout:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) onError(FatalException)',
        steps: ['load FAILED'],
      },
      {
        anew: true,
        parameters: { fail: 'begin:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) onError(FatalException)',
        steps: ['load FAILED'],
      },
      {
        anew: true,
        parameters: { fail: 'ready:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) onError(FatalException)',
        steps: ['load FAILED rollback 1'],
      },
      {
        anew: true,
        parameters: { fail: 'end:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-2]',
        steps: ['load FAILED read 2 write 2 commit 1'],
        failure: 'FatalException at end',
      },
      { calls: 'open(2) W[3-4] W[5-6]', steps: ['load COMPLETED read 4 write 4 commit 3'] },
    ],
  },
  {
    file: 'chunk-custom-restart',
    executions: [
      {
        parameters: { fail: '7:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-4]',
        steps: ['load FAILED read 4 write 4 commit 1 rollback 1'],
      },
      { calls: 'open(4) W[5-8] W[9]', steps: ['load COMPLETED read 5 write 5 commit 2'] },
    ],
  },
  {
    file: 'chunk-open-fails',
    executions: [
      {
        parameters: { reader: 'open:FatalException' },
        batch: 'FAILED',
        calls: 'open(-)',
        steps: ['load FAILED'],
        failure: 'FatalException at open',
      },
      {
        anew: true,
        parameters: { writer: 'open:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) openW(-) closeR',
        steps: ['load FAILED'],
      },
      {
        anew: true,
        parameters: { reader: 'close:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) openW(-) W[1-2] closeW closeR',
        steps: ['load FAILED read 2 write 2 commit 1'],
      },
      {
        anew: true,
        parameters: { writer: 'close:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) openW(-) W[1-2] closeW closeR',
        steps: ['load FAILED read 2 write 2 commit 1'],
      },
    ],
  },
  once(
    'chunk-timeouts',
    'open(-) W[1-2] W[3] open(-) timeout W[1-2] timeout W[3]',
    'load COMPLETED read 3 write 3 commit 2',
    'again COMPLETED read 3 write 3 commit 2',
  ),
  {
    file: 'chunk-two-steps',
    executions: [
      {
        parameters: { fail: '5:FatalException' },
        batch: 'FAILED',
        calls: 'open(-) W[1-2] W[3-4] open(-) W[1-2] W[3-4]',
        steps: [
          'first COMPLETED read 4 write 4 commit 3',
          'second FAILED read 4 write 4 commit 2 rollback 1',
        ],
      },
      { calls: 'open(4) W[5-6]', steps: ['second COMPLETED read 2 write 2 commit 2'] },
    ],
    written: '1-4,1-6',
  },
];
