/** yield* to helpers, match iterators and live iterators inside generators and async generators. */
function* all(text: string, numbers: Map<string, number>) {
  yield* text.matchAll(/[a-z]/g).map((match) => match[0]);
  const rest = yield* numbers.values().filter((value) => value > 1);
  yield rest;
  yield* Iterator.from(numbers.keys()).take(1);
}
async function* slow(text: string) {
  for (const letter of all(text, new Map([['k', 1], ['l', 2]]))) {
    await null;
    yield letter;
  }
  yield* [Promise.resolve('p')].values();
}
export default async function main() {
  const numbers = new Map([
    ['one', 1],
    ['two', 2],
  ]);
  const generator = all('a-b', numbers);
  const seen: unknown[] = [generator.next().value];
  await null;
  seen.push(generator.next().value, generator.next().value);
  numbers.set('three', 3);
  await null;
  seen.push(...generator);
  for await (const letter of slow('xy')) seen.push(letter);
  return seen;
}
