/** Stages of a pipeline as async generators: numbered, filtered by an async question, in batches, in sliding windows. */
type Stage<A, B> = (source: AsyncIterable<A>) => AsyncGenerator<B>;
const numbered = <A>(): Stage<A, [number, A]> => async function* (source) {
  let n = 0;
  for await (const value of source) yield [n++, value];
};
const filter = <A>(keep: (value: A) => Promise<boolean>): Stage<A, A> => async function* (source) {
  for await (const value of source) if (await keep(value)) yield value;
};
const batches = <A>(size: number): Stage<A, A[]> => async function* (source) {
  let batch: A[] = [];
  for await (const value of source)
    if (batch.push(value) === size) {
      yield batch;
      batch = [];
    }
  if (batch.length > 0) yield batch;
};
const windows = <A>(size: number): Stage<A, A[]> => async function* (source) {
  const window: A[] = [];
  for await (const value of source) {
    window.push(value);
    if (window.length > size) window.shift();
    if (window.length === size) yield [...window];
  }
};
async function* letters() {
  for (const letter of 'waymark!') yield Promise.resolve(letter);
}
const collect = async <A>(source: AsyncIterable<A>) => {
  const list: A[] = [];
  for await (const value of source) list.push(value);
  return list;
};
export default async function main() {
  const isOdd = async ([n]: [number, string]) => n % 2 === 1;
  return {
    odd: await collect(filter(isOdd)(numbered<string>()(letters()))),
    batches: await collect(batches<string>(3)(letters())),
    windows: (await collect(windows<string>(4)(letters()))).map((window) => window.join('')),
    nested: await collect(batches<string[]>(2)(windows<string>(6)(letters()))),
    none: await collect(windows<string>(20)(letters())),
  };
}
