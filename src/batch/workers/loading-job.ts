/** Whether this thread is loading the module of a job, to run partitions of it: then nothing may start the job once more. */
import { BatchError, BatchErrorCode } from '../batch-error.ts';

let loading: string | undefined;

/** @param module Its URL. */
export async function whileLoadingJob<Value>(module: string, load: () => Promise<Value>): Promise<Value> {
  loading = module;
  try {
    return await load();
  } finally {
    loading = undefined;
  }
}

/** @throws BatchError WM9072 */
export function refuseStartWhileLoading(): void {
  if (loading === undefined) return;
  throw new BatchError(BatchErrorCode.startedByWorker, `${loading} starts a job when it is loaded`, {
    fix: 'Worker threads load it too. Start the job in another module, or only `if (isMainThread)` (of node:worker_threads).',
  });
}
