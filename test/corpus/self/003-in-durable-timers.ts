import { self } from 'waymark';
/** `self` is the running instance wherever it is read. */
export default async function main() {
  const { id } = self;
  const seen: [string, boolean][] = [];
  const note = (where: string): void => void seen.push([where, self.id === id && self.attempt >= 1]);

  await new Promise<void>((go) => {
    setTimeout(() => {
      note('timeout');
      setImmediate(() => {
        note('immediate');
        go();
      });
    }, 1);
  });
  await new Promise<void>((go) => {
    let count = 0;
    const timer = setInterval(() => {
      note('interval');
      count += 1;
      if (count < 2) return;
      clearInterval(timer);
      go();
    }, 1);
  });
  return { seen, text: typeof id };
}
