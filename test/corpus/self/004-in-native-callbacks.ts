import { self } from 'waymark';
import { readFile } from 'node:fs';
import { setImmediate as immediate } from 'node:timers';
/** `self` is the running instance wherever it is read. */
export default async function main() {
  const { id } = self;
  const seen: [string, boolean][] = [];
  const note = (where: string): void => void seen.push([where, self.id === id && self.attempt >= 1]);

  await new Promise<void>((go) => {
    process.nextTick(() => {
      note('tick');
      immediate(() => {
        note('immediate');
        readFile('/no/such/file', () => {
          note('file');
          go();
        });
      });
    });
  });
  return { seen, text: typeof id };
}
