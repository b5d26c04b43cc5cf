/** A transaction rolls back when it is disposed without commit; nested ones leave their changes to the outer. */
class Transaction {
  #done = false;
  readonly #undo: (() => void)[] = [];
  constructor(readonly name: string, readonly log: string[], readonly outer?: Transaction) {}
  set(target: Map<string, number>, key: string, value: number) {
    const before = target.get(key);
    target.set(key, value);
    this.#undo.push(() => (before === undefined ? target.delete(key) : target.set(key, before)));
  }
  async commit() {
    await null;
    this.#done = true;
    this.outer?.#undo.push(...this.#undo);
    this.log.push(`${this.name} commits`);
  }
  async [Symbol.asyncDispose]() {
    await null;
    if (this.#done) return;
    this.log.push(`${this.name} rolls back ${this.#undo.length}`);
    for (const undo of this.#undo.reverse()) undo();
  }
}
export default async function main() {
  const log: string[] = [];
  const data = new Map([['a', 1]]);
  const work = async (fail: 'inner' | 'outer' | 'nothing') => {
    await using outer = new Transaction(`outer of ${fail}`, log);
    outer.set(data, 'a', data.get('a')! + 10);
    try {
      await using inner = new Transaction('inner', log, outer);
      inner.set(data, 'b', 5);
      inner.set(data, 'a', 0);
      if (fail === 'inner') throw new Error('inner failed');
      await inner.commit();
    } catch (error) {
      log.push((error as Error).message);
    }
    if (fail === 'outer') throw new Error('outer failed');
    await outer.commit();
  };
  const states: unknown[] = [];
  for (const fail of ['inner', 'outer', 'nothing'] as const) {
    await work(fail).catch((error: Error) => log.push(error.message));
    states.push(Object.fromEntries(data));
  }
  return { states, log };
}
