/** The jobs of the conformance suite, on other nodes, and what holds only there; worker threads of the nodes load this module too. */
import { inTransaction, job, openDatabase, SqlTransactionResource } from '../../../src/batch/index.ts';
import { partitionJobs } from '../partitions/partition-jobs.ts';

export const { three, oneEach, anew, limited, collected, unsendable, endless, batchlets } = partitionJobs(
  import.meta.url,
  { nodes: 'all' },
  { nodes: 2, workers: 1 },
);

const memory = new SqlTransactionResource(await openDatabase('sqlite::memory:'));
export const toFile = job('to file', { module: import.meta.url }).chunk({
  reader: [1, 2, 3],
  writer: inTransaction(
    memory,
    async (_items: readonly number[], { sql }) => void (await sql.query('SELECT 1')),
  ),
  partition: { over: 1, nodes: 'all' },
});
