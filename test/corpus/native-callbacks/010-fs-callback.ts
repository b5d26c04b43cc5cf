import { mkdtemp, readFile, rm, writeFile } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const ignore = (): void => {};
export default async function main() {
  const steps: string[] = [];
  const text = await new Promise<string>((resolve, reject) => {
    mkdtemp(join(tmpdir(), 'corpus-'), (error, folder) => {
      if (error) return reject(error);
      steps.push('folder');
      const file = join(folder, 'a.txt');
      writeFile(file, 'content', (failed) => {
        if (failed) return reject(failed);
        steps.push('written');
        readFile(file, 'utf8', (wrong, data) => {
          steps.push('read');
          rm(folder, { recursive: true }, ignore);
          if (wrong) reject(wrong);
          else resolve(data.toUpperCase());
        });
      });
    });
  });
  await null;
  return { text, steps };
}
