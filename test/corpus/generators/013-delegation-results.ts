function* inner(): Generator<string, string, string> {
  const a = yield 'i1';
  const b = yield `i2 after ${a}`;
  return `${a}+${b}`;
}

function* outer(): Generator<string, string, string> {
  const before = yield 'o1';
  const result = yield* inner();
  const after = yield `result ${result}`;
  return `${before}/${after}`;
}

export default async function main() {
  const it = outer();
  const log: unknown[] = [];
  for (const value of ['lost', 'before', 'A', 'B', 'after', 'nobody']) {
    log.push(it.next(value));
    await null;
  }
  return log;
}
