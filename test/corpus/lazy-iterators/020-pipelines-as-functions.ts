/** Pipelines built by functions from data, stored in objects, run step by step by branches. */
type Stage = ['map' | 'filter', (value: number) => number | boolean] | ['take' | 'drop', number];
const build = (stages: Stage[], source: Iterable<number>) =>
  stages.reduce<IteratorObject<number>>(
    (chain, [name, argument]) => (chain as unknown as Record<string, Function>)[name]!(argument) as never,
    Iterator.from(source),
  );
export default async function main() {
  const factor = { by: 2 };
  const pipelines = {
    a: build([['map', (value) => value * factor.by], ['drop', 1], ['take', 3]], [1, 2, 3, 4, 5, 6]),
    b: build([['filter', (value) => value % factor.by === 0], ['map', (value) => -value]], new Set([4, 5, 6, 8])),
  };
  const out: Record<string, number[]> = { a: [], b: [] };
  const run = async (name: 'a' | 'b') => {
    for (const value of pipelines[name]) {
      out[name]!.push(value);
      await null;
      if (name === 'a') factor.by++;
    }
  };
  await Promise.all([run('a'), run('b')]);
  return { out, factor };
}
