/** Small files that are replaced as a whole. */
import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whole or not at all, and durable. @param texts one after the other */
export async function writeDurably(
  path: string,
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'w');
  try {
    for await (const text of texts) await file.write(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
