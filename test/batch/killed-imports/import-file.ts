/** The file that is imported, and which of its rows are in the table at the end. */
import { writeFile } from 'node:fs/promises';

/** Items of a chunk. */
export const CHUNK = 20;
/** How often the processor fails for nothing. */
export const HICCUPS = 0.01;

const isUnclosed = (id: number): boolean => id % 37 === 0;
const isTooLong = (id: number): boolean => id % 23 === 0;
export const isRefused = (id: number): boolean => id % 41 === 0;
export const isFiltered = (id: number): boolean => id % 50 === 1;

/** @returns the numbers of the rows that belong into the table, ascending */
export async function writeImportFile(file: string, rows: number): Promise<readonly number[]> {
  const ids = Array.from({ length: rows }, (_, index) => index + 1);
  const lines = ids.map((id) =>
    isUnclosed(id) ? `${id},"x` : isTooLong(id) ? `${id},a,b` : `${id},"text ${id}"`,
  );
  await writeFile(file, `id,text\n${lines.join('\n')}\n`);
  return ids.filter((id) => !isUnclosed(id) && !isTooLong(id) && !isRefused(id) && !isFiltered(id));
}
