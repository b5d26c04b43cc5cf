/**
 * Run as a process of its own, under a limit on the size of files: writes until the store refuses, and prints as JSON how many
 * writes were acknowledged, the error, that of a later write, and how often the store said that it died.
 */
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { checkpointOf } from './writes.ts';

const [, , directory = '', thread = ''] = process.argv;
const snapshot = new Uint8Array(200_000).fill(1);
let fatal = 0;
const store = await openSqliteStore({
  directory,
  thread: thread === 'main' ? 'main' : 'worker',
  onFatal: () => fatal++,
});

async function refusal(id: string): Promise<unknown> {
  try {
    await store.save(checkpointOf(id, 1, { snapshot }));
    return undefined;
  } catch (error) {
    return error instanceof StoreError ? error.toData() : String(error);
  }
}

let acknowledged = 0;
let error = await refusal('i0');
while (error === undefined) error = await refusal(`i${++acknowledged}`);
const later = await refusal('later');
await store.close();
process.stdout.write(JSON.stringify({ acknowledged, error, later, fatal }));
