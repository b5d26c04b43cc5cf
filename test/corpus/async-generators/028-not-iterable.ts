async function* delegates(value: unknown) {
  try {
    yield* value as AsyncIterable<unknown>;
  } catch (error) {
    yield (error as Error).name;
  }
}

export default async function main() {
  const seen: unknown[] = [];
  for (const value of [undefined, null, 5, {}, { [Symbol.asyncIterator]: 1 }, { [Symbol.asyncIterator]: () => 2 }, { [Symbol.asyncIterator]: null, [Symbol.iterator]: () => [7][Symbol.iterator]() }]) {
    for await (const result of delegates(value)) seen.push(result);
  }
  return seen;
}
