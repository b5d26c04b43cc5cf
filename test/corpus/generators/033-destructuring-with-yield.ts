function* patterns(): Generator<string, unknown, any> {
  const { a = yield 'a', [yield 'key']: b = yield 'b', ...rest } = yield 'source';
  const [x = yield 'x', , y = yield 'y', ...z] = yield 'list';
  let p: unknown, q: unknown;
  ({ p = yield 'p', q } = yield 'object');
  for (const { n = yield 'n' } of yield 'loop') p = [p, n];
  return { a, b, rest, x, y, z, p, q };
}

export default async function main() {
  const it = patterns();
  const answers: Record<string, unknown> = {
    source: { k: undefined, m: 1, o: 2 }, a: 'A', key: 'k', b: 'B', list: [undefined, 0, 'why', 3, 4], x: 'X', object: { q: 5 }, p: 'P', loop: [{ n: 1 }, {}], n: 'N',
  };
  const asked: string[] = [];
  let step = it.next();
  while (!step.done) {
    asked.push(step.value);
    await null;
    step = it.next(answers[step.value]);
  }
  return [asked, step.value];
}
