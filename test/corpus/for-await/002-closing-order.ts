const source = (log: string[], limit = 10) => ({
  n: 0,
  [Symbol.asyncIterator]() {
    return this;
  },
  async next() {
    log.push(`next ${this.n}`);
    return { value: this.n++, done: this.n > limit };
  },
  async return(value: unknown) {
    log.push(`return ${String(value)}`);
    await null;
    log.push('returned');
    return {};
  },
});

export default async function main() {
  const log: string[] = [];
  for await (const n of source(log)) if (n === 1) break;
  log.push('after break');
  try {
    for await (const n of source(log)) if (n === 1) throw new Error('body');
  } catch (error) {
    log.push((error as Error).message);
  }
  const leave = async () => {
    for await (const n of source(log)) if (n === 1) return `left at ${n}`;
    return 'no';
  };
  log.push(await leave());
  for await (const n of source(log, 2)) log.push(`whole ${n}`);
  outer: for (const k of [0, 1]) {
    for await (const n of source(log)) {
      if (n === 1 && k === 0) continue outer;
      if (n === 2) break outer;
    }
  }
  return log;
}
