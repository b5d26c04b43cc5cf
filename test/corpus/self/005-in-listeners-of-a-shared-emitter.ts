import { self } from 'waymark';
import { EventEmitter } from 'node:events';
const shared = new EventEmitter();
/** `self` is the running instance wherever it is read. */
export default async function main() {
  const { id } = self;
  const seen: [string, boolean][] = [];
  const note = (where: string): void => void seen.push([where, self.id === id && self.attempt >= 1]);

  await new Promise<void>((go) => {
    shared.once('x', async () => {
      note('listener');
      await null;
      note('listener later');
      go();
    });
    setTimeout(() => shared.emit('x'), 1);
  });
  return { seen, text: typeof id };
}
