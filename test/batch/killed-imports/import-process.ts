/**
 * Imports a CSV file whose rows are partly malformed and partly refused, with a processor that fails now and then, until it is done or killed. Prints a
 * line per chunk, skip and retry.
 *
 *     node import-process.ts <database address> <repository folder> <csv file> <transactional|plain> <life> <seed>
 */
import { writeSync } from 'node:fs';
import {
  csvReader,
  job,
  JobExecutionAlreadyCompleteError,
  JobOperator,
  MalformedItemError,
  openDatabase,
  openFolderRepository,
  processEnvironment,
  SqlTransactionResource,
  sqlTableWriter,
} from '../../../src/batch/index.ts';
import { insertRows } from '../../../src/database/statements/insert-statement.ts';
import { CHUNK, HICCUPS, isFiltered, isRefused } from './import-file.ts';
import { randomOf } from './random.ts';

class Refused extends Error {}
class Hiccup extends Error {}

const [address, folder, file, kind, life, seed] = process.argv.slice(2) as [
  string,
  string,
  string,
  'transactional' | 'plain',
  string,
  string,
];
const random = randomOf(Number(seed));
const database = await openDatabase(address);
const repository = await openFolderRepository(folder);
const resource = new SqlTransactionResource(database);
const tell = (what: 'chunk' | 'skip' | 'retry') => (): void => void writeSync(1, `${what}\n`);

const definition = job('import').chunk<{ id: string }, number>({
  id: 'load',
  reader: csvReader<{ id: string }>({ file, item: (texts) => ({ id: texts['id']! }) }),
  processor: ({ id }) => {
    const number = Number(id);
    if (isRefused(number)) throw new Refused(`${id} is refused`);
    if (random() < HICCUPS) throw new Hiccup('try again');
    return isFiltered(number) ? null : number;
  },
  writer:
    kind === 'transactional'
      ? sqlTableWriter<number>({ resource, table: 'item', columns: ['id'], row: (id) => ({ id }) })
      : (ids) =>
          insertRows(
            database,
            { table: 'item', columns: ['id'] },
            ids.map((id) => [id]),
          ),
  itemCount: CHUNK,
  skip: [MalformedItemError, Refused],
  retry: [Hiccup],
  listeners: [
    () => ({
      afterChunk: tell('chunk'),
      onSkipReadItem: tell('skip'),
      onSkipProcessItem: tell('skip'),
      onRetryProcessException: tell('retry'),
    }),
  ],
});

// Each life is an hour after the one before, so that no lease of the dead is in the way.
const later = Number(life) * 3_600_000;
const environment = { ...processEnvironment, wallClock: () => Date.now() + later };
const operator = new JobOperator({ repository, environment });
try {
  const { batchStatus } = await operator.finished(await operator.start(definition, {}, { identity: true }));
  if (batchStatus !== 'COMPLETED') process.exitCode = 1;
} catch (error) {
  // It was killed after its last word.
  if (!(error instanceof JobExecutionAlreadyCompleteError)) throw error;
}
await repository.close();
await database.close();
