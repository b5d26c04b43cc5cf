import { Readable } from 'node:stream';
export default async function main() {
  const chunks: string[] = [];
  const text = await new Promise<string>((resolve, reject) => {
    const source = Readable.from(['one ', 'two ', 'three']);
    source.on('data', (chunk: string) => chunks.push(chunk));
    source.on('end', () => resolve(chunks.join('')));
    source.on('error', reject);
  });
  return { text, chunks };
}
