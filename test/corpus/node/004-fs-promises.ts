import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
export default async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'corpus-'));
  try {
    const file = join(folder, 'log.txt');
    await writeFile(file, 'one\n');
    await Promise.all([1, 2, 3].map((n) => appendFile(file, `line ${n}\n`)));
    const lines = (await readFile(file, 'utf8')).trim().split('\n').toSorted();
    return { lines, isFile: await stat(file).then((found) => found.isFile()) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
