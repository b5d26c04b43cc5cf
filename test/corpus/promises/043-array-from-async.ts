const log: string[] = [];
async function* numbers(limit: number) {
  try {
    for (let n = 1; n <= limit; n++) yield n;
  } finally {
    log.push('closed');
  }
}
const beside = async (steps: number) => {
  for (let step = 0; step < steps; step++) {
    log.push(`step ${step}`);
    await null;
  }
};
const attempt = async (name: string, run: () => Promise<unknown>) => {
  const other = beside(12);
  try {
    log.push(`${name}: ${JSON.stringify(await run())}`);
  } catch (error) {
    log.push(`${name}: ${String(error)}`);
  }
  await other;
};

export default async function run() {
  await attempt('async generator', () => Array.fromAsync(numbers(3)));
  await attempt('promises', () => Array.fromAsync([Promise.resolve(1), 2, Promise.resolve(3)]));
  await attempt('mapped', () => Array.fromAsync(numbers(2), async (n, index) => n * 10 + index));
  await attempt('sync mapped', () => Array.fromAsync(new Set(['a', 'b']), (text) => text.toUpperCase()));
  await attempt('array-like', () => Array.fromAsync({ length: 2, 0: Promise.resolve('x'), 1: 'y' }));
  await attempt('array-like mapped', () => Array.fromAsync({ length: 2, 0: 1, 1: 2 }, (n: number) => -n));
  await attempt('map throws', () => Array.fromAsync(numbers(3), (n) => { if (n === 2) throw new RangeError('two'); return n; }));
  await attempt('rejected element', () => Array.fromAsync([1, Promise.reject(new Error('bad'))]));
  await attempt('no function', () => Array.fromAsync([1], 5 as never));
  await attempt('self', () => Array.fromAsync([1, 2], function (this: { by: number }, n: number) { return n * this.by; } as never, { by: 3 }));
  await attempt('empty', () => Array.fromAsync([]));
  await attempt('number', () => Array.fromAsync(5 as never));
  await attempt('text', () => Array.fromAsync('häy'));
  return log;
}
