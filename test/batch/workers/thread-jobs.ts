/** The jobs of the conformance suite, in worker threads; these load this module too. */
import { partitionJobs } from '../partitions/partition-jobs.ts';

export const { three, oneEach, anew, limited, collected, unsendable, endless, batchlets } = partitionJobs(
  import.meta.url,
  { workers: 3 },
  { workers: 1 },
);
