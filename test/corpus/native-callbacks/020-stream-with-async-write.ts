import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
/** The sink awaits durable promises before it asks for more. */
export default async function main() {
  const stored: number[] = [];
  const store = async (n: number): Promise<void> => {
    await null;
    stored.push(n * 2);
  };
  const run = (): Promise<void> =>
    pipeline(
      Readable.from([1, 2, 3]),
      new Writable({
        objectMode: true,
        write(chunk: number, _encoding, done) {
          store(chunk).then(() => done(), done);
        },
      }),
    );
  await run();
  return stored;
}
