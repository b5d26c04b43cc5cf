/** What is in the table of cities, in a line: two imports that print the same line have put the same rows there. */
import { createHash } from 'node:crypto';
import type { SqlDatabase } from '../../src/batch/index.ts';
import { COLUMNS } from './cities-job.ts';

/** Of rows in any order: a row twice, one less, or another one is another sum. */
export class CityChecksum {
  rows = 0;
  #sum = 0n;

  /** @param row A city of the source, or of the table */
  add(row: Readonly<Record<string, unknown>>): void {
    const { lat, lng, ...texts } = row;
    const values = [Number(lat), Number(lng), ...COLUMNS.map((column) => texts[column] ?? null)];
    const hash = createHash('sha256').update(JSON.stringify(values)).digest();
    this.#sum = BigInt.asUintN(64, this.#sum + hash.readBigUInt64BE());
    this.rows++;
  }

  get text(): string {
    return `${this.rows} rows, checksum ${this.#sum.toString(16)}`;
  }
}

export async function checksumOfTable(database: SqlDatabase): Promise<CityChecksum> {
  const checksum = new CityChecksum();
  const pages = database.stream(`SELECT ${COLUMNS.join(', ')} FROM city`, [], { rows: 1000 });
  for await (const page of pages) for (const row of page) checksum.add(row);
  return checksum;
}
