import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
export default async function main() {
  const out: string[] = [];
  const run = (): Promise<void> =>
    pipeline(
      Readable.from(['a', 'b', 'c']),
      new Transform({
        objectMode: true,
        transform(chunk, _encoding, done) {
          done(null, String(chunk).toUpperCase());
        },
      }),
      new Writable({
        objectMode: true,
        write(chunk, _encoding, done) {
          out.push(String(chunk));
          done();
        },
      }),
    );
  await run();
  return out;
}
