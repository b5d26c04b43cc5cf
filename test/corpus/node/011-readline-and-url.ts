import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
export default async function main() {
  const lines = await new Promise<string[]>((resolve) => {
    const seen: string[] = [];
    const reader = createInterface({ input: Readable.from(['first\nsec', 'ond\nthird']) });
    reader.on('line', (line) => seen.push(line));
    reader.on('close', () => resolve(seen));
  });
  const url = new URL('?a=1&b=2', 'https://example.test/path');
  await null;
  return { lines, pairs: [...url.searchParams], host: url.host };
}
