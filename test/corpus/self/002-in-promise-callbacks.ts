import { self } from 'waymark';
/** `self` is the running instance wherever it is read. */
export default async function main() {
  const { id } = self;
  const seen: [string, boolean][] = [];
  const note = (where: string): void => void seen.push([where, self.id === id && self.attempt >= 1]);

  await Promise.resolve().then(() => note('then'));
  await Promise.reject(new Error('x')).catch(() => note('catch'));
  await Promise.resolve().finally(() => note('finally'));
  await new Promise<void>((go) => {
    note('executor');
    queueMicrotask(() => {
      note('microtask');
      go();
    });
  });
  return { seen, text: typeof id };
}
