async function* inner(log: string[]) {
  log.push('inner 1');
  yield 1;
  log.push('inner 2');
  yield Promise.resolve(2);
  return 'r';
}
function* sync(log: string[]) {
  log.push('sync 1');
  yield 1;
  log.push('sync 2');
  yield Promise.resolve(2);
  return 'sr';
}
async function* outer(log: string[], which: 'async' | 'sync' | 'array') {
  const result: unknown = yield* which === 'async' ? inner(log) : which === 'sync' ? sync(log) : [1, Promise.resolve(2)];
  log.push(`result ${String(result)}`);
  return which;
}

export default async function main() {
  const all: string[][] = [];
  for (const which of ['async', 'sync', 'array'] as const) {
    const log: string[] = [];
    const ticks = async () => {
      for (let n = 0; n < 20; n++) {
        log.push(`t${n}`);
        await null;
      }
    };
    const use = async () => {
      const it = outer(log, which);
      for (;;) {
        const step = await it.next();
        log.push(`got ${JSON.stringify(step)}`);
        if (step.done) return;
      }
    };
    await Promise.all([ticks(), use()]);
    all.push(log);
  }
  return all;
}
