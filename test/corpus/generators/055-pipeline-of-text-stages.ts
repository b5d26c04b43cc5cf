type Stage<I, O> = (input: Iterable<I>) => Generator<O, string | void>;
const lines: Stage<string, string> = function* (chunks) {
  let rest = '';
  for (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    yield* parts;
  }
  if (rest) yield rest;
  return 'lines done';
};
const numbered: Stage<string, readonly [number, string]> = function* (input) {
  let n = 0;
  for (const line of input) yield [++n, line] as const;
};
const grep = (pattern: RegExp): Stage<readonly [number, string], string> =>
  function* (input) {
    for (const [n, line] of input) if (pattern.test(line)) yield `${n}: ${line.replace(pattern, '<$&>')}`;
  };
const batches = <T>(size: number): Stage<T, T[]> =>
  function* (input) {
    let batch: T[] = [];
    try {
      for (const item of input) {
        batch.push(item);
        if (batch.length === size) {
          const asked = (yield batch) as unknown;
          batch = typeof asked === 'number' ? ((size = asked), []) : [];
        }
      }
    } finally {
      if (batch.length > 0 && batch.length < size) yield batch;
    }
  };
function chain(input: Iterable<any>, ...stages: Stage<any, any>[]): Generator<any> {
  return stages.reduce<any>((source, stage) => stage(source), input);
}
export default async function run() {
  const log: unknown[] = [];
  const text = ['al', 'pha\nbe', 'ta\n\ngamma\ndel', 'ta\nla', 'st'];
  const found = chain(text, lines, numbered, grep(/l.|m+/), batches(2));
  log.push(found.next().value);
  await null;
  log.push(found.next(1).value);
  await null;
  log.push([...found]);
  const early = chain(text, lines, batches(3));
  for (const batch of early) {
    log.push(batch);
    await null;
    break;
  }
  const left = chain(['a\nb\nc'], lines, batches(2));
  log.push(left.next(), left.return('x'), left.next());
  const two = lines(text);
  const [first] = [two.next().value, await null];
  log.push(first, [...two], two.next());
  const inner = lines(['x\ny']);
  const wrapped = (function* (): Generator<string, unknown> {
    return yield* inner;
  })();
  log.push(wrapped.next().value);
  await null;
  log.push(wrapped.next().value, wrapped.next());
  return log;
}
