import { self } from 'waymark';

class Watcher {
  readonly id = self.id;
  readonly #note: (where: string) => void;
  constructor(note: (where: string) => void) {
    this.#note = note;
  }
  async run(): Promise<void> {
    this.#note('method');
    await null;
    this.#note(self.id === this.id ? 'method later' : 'wrong');
  }
}
/** `self` is the running instance wherever it is read. */
export default async function main() {
  const { id } = self;
  const seen: [string, boolean][] = [];
  const note = (where: string): void => void seen.push([where, self.id === id && self.attempt >= 1]);

  const object = {
    get value() {
      note('getter');
      return 1;
    },
    method() {
      note('method');
    },
  };
  void object.value;
  object.method();
  await null;
  const watcher = new Watcher((where) => note(where));
  await watcher.run();
  note(watcher.id === id ? 'field' : 'wrong field');
  return { seen, text: typeof id };
}
