import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const CHUNK_BYTES = 1024 * 1024;

/** The whole lines of a text file, one at a time, so that a long book never sits in memory. A missing file has none. */
export function* lines(path: string): Generator<string> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const decoder = new StringDecoder('utf8');
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    for (let count = 1; count > 0;) {
      count = readSync(file, chunk, 0, chunk.length, null);
      const parts = (rest + decoder.write(chunk.subarray(0, count))).split('\n');
      rest = parts.pop()!;
      yield* parts;
    }
  } finally {
    closeSync(file);
  }
}
