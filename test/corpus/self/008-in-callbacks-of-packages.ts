import { self } from 'waymark';
import pLimit from 'p-limit';
import pMap from 'p-map';
/** `self` is the running instance wherever it is read. */
export default async function main() {
  const { id } = self;
  const seen: [string, boolean][] = [];
  const note = (where: string): void => void seen.push([where, self.id === id && self.attempt >= 1]);

  await pMap([1, 2], async (n) => {
    note(`mapper ${n}`);
    await null;
    note(`mapper later ${n}`);
  }, { concurrency: 1 });
  const limited = (): Promise<void> => pLimit(1)(async () => note('limited'));
  await limited();
  return { seen, text: typeof id };
}
