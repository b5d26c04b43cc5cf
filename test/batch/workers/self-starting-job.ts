/** A job that is started wherever its module is loaded: no worker thread can use it. */
import { job, JobOperator } from '../../../src/batch/index.ts';

export const selfStarting = job('three').batchlet('load', () => {}, { partition: { over: 1 } });

await new JobOperator().start(selfStarting);
