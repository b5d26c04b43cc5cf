import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
class Full extends Error {
  readonly after: number;
  constructor(after: number) {
    super('full');
    this.after = after;
  }
}
export default async function main() {
  let count = 0;
  const run = (): Promise<void> =>
    pipeline(
      Readable.from([1, 2, 3, 4]),
      new Writable({
        objectMode: true,
        write(_chunk, _encoding, done) {
          count += 1;
          done(count === 3 ? new Full(count) : null);
        },
      }),
    );
  try {
    await run();
  } catch (error) {
    return { isOurs: error instanceof Full, after: (error as Full).after, count };
  }
  return 'no error';
}
