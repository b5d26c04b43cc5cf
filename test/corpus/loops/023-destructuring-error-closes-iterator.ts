type Log = unknown[];
class Pairs {
  i = 0;
  constructor(private log: Log) {}
  [Symbol.iterator]() { return this; }
  next() { return { done: false, value: this.i++ === 0 ? [1, 2] : null }; }
  return() { this.log.push('closed'); return {}; }
}
export default async function main() {
  const log: Log = [];
  try {
    for (const [a, b = await 5] of new Pairs(log) as any) {
      await null;
      log.push(a, b);
    }
  } catch (error: any) {
    log.push(error.constructor.name);
  }
  return log;
}
