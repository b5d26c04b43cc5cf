type Log = unknown[];
class Breaking {
  i = 0;
  constructor(private log: Log, private mode: string) {}
  [Symbol.iterator]() { return this; }
  next(): any {
    if (this.i++ === 0) return { done: false, value: 'first' };
    if (this.mode === 'throws') throw new Error('from next');
    if (this.mode === 'primitive') return 5;
    if (this.mode === 'value') return { get done() { return false; }, get value() { throw new Error('from value'); } };
    return { get done() { throw new Error('from done'); } };
  }
  return() { this.log.push('must not be called'); return {}; }
}
export default async function main() {
  const log: Log = [];
  for (const mode of ['throws', 'primitive', 'value', 'done']) {
    try {
      for (const item of new Breaking(log, mode)) log.push(await item);
    } catch (error: any) {
      log.push(error instanceof TypeError ? 'TypeError' : error.message);
    }
  }
  try {
    for (const x of (await 5) as any) log.push(x);
  } catch (error: any) {
    log.push(error.constructor.name);
  }
  return log;
}
