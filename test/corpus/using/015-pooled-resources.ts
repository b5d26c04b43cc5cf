/** A pool lends resources that come back when their block ends, also by continue, by a label and by an error. */
class Pool {
  readonly free = ['r1', 'r2'];
  readonly log: string[] = [];
  async take(who: string) {
    await null;
    const name = this.free.shift();
    if (name === undefined) throw new RangeError(`nothing left for ${who}`);
    this.log.push(`${who} takes ${name}`);
    const { free, log } = this;
    return {
      name,
      [Symbol.dispose]() {
        log.push(`${who} gives ${name}`);
        free.push(name);
      },
    };
  }
}
export default async function main() {
  const pool = new Pool();
  outer: for (let n = 0; n < 4; n++) {
    using first = await pool.take(`first ${n}`);
    for (const part of ['x', 'y']) {
      if (n === 1 && part === 'y') continue outer;
      using second = await pool.take(`second ${n}${part}`);
      if (n === 2) break outer;
      await null;
      pool.log.push(`${first.name}+${second.name}`);
    }
  }
  const nothing = await (async () => {
    using a = await pool.take('a');
    using b = await pool.take('b');
    using c = await pool.take('c');
    return [a, b, c].length;
  })().catch((error: Error) => error.message);
  return { nothing, free: pool.free, log: pool.log };
}
