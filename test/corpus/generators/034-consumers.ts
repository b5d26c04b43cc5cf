function* source(log: string[]): Generator<number> {
  try {
    yield 1;
    yield 2;
    yield 3;
  } finally {
    log.push('closed');
  }
}

export default async function main() {
  const log: string[] = [];
  await null;
  const [a] = source(log);
  const [b, c, d, e] = source(log);
  const [, ...rest] = source(log);
  const set = new Set(source(log));
  const map = new Map([...source(log)].map((n) => [n, n * n]));
  const array = Array.from(source(log), (n) => n + 0.5);
  const max = Math.max(...source(log));
  const all = await Promise.all(source(log));
  const grouped = Object.groupBy(source(log), (n) => (n % 2 ? 'odd' : 'even'));
  const text = String.raw({ raw: [...source(log)].map(String) }, '-', '-');
  let first: number | undefined;
  for (const n of source(log)) {
    first = n;
    break;
  }
  const typed = Uint8Array.from(source(log));
  return { a, b, c, d, e, rest, set, map, array, max, all, grouped: { ...grouped }, text, first, typed, log: log.length };
}
