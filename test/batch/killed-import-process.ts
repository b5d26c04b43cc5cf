/**
 * Imports a CSV file whose rows are partly malformed and partly refused, with a processor that fails now and then, until it is done or killed. Prints a
 * line per chunk.
 *
 *     node killed-import-process.ts <database address> <repository folder> <csv file> <transactional|plain> <life>
 */
import { writeSync } from 'node:fs';
import {
  csvReader,
  job,
  JobOperator,
  MalformedItemError,
  openDatabase,
  openFolderRepository,
  processEnvironment,
  SqlTransactionResource,
  sqlTableWriter,
} from '../../src/batch/index.ts';
import { insertRows } from '../../src/database/statements/insert-statement.ts';

class Refused extends Error {}
class Hiccup extends Error {}

const [address, folder, file, kind, life] = process.argv.slice(2) as [string, string, string, string, string];
const database = await openDatabase(address);
const repository = await openFolderRepository(folder);
const resource = new SqlTransactionResource(database);

const definition = job('import').chunk<{ id: string }, number>({
  id: 'load',
  reader: csvReader<{ id: string }>({ file, item: (texts) => ({ id: texts['id']! }) }),
  processor: ({ id }) => {
    const number = Number(id);
    if (number % 41 === 0) throw new Refused(`${id} is refused`);
    if (Math.random() < 0.003) throw new Hiccup('try again');
    return number % 50 === 1 ? null : number;
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
  itemCount: 20,
  skip: [MalformedItemError, Refused],
  retry: [Hiccup],
  listeners: [() => ({ afterChunk: () => void writeSync(1, 'chunk\n') })],
});

// Each life is an hour after the one before, so that no lease of the dead is in the way.
const later = Number(life) * 3_600_000;
const environment = { ...processEnvironment, wallClock: () => Date.now() + later };
const operator = new JobOperator({ repository, environment });
const { batchStatus } = await operator.finished(await operator.start(definition, {}, { identity: true }));
await repository.close();
await database.close();
if (batchStatus !== 'COMPLETED') process.exitCode = 1;
