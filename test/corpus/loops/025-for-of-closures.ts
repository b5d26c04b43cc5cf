export default async function main() {
  const readers: (() => unknown)[] = [];
  for (const item of ['a', 'b']) {
    readers.push(() => item);
    await null;
  }
  for (let item of [1, 2]) {
    readers.push(() => item++);
    await null;
    item *= 10;
  }
  for (const { key, list: [first] } of [{ key: 'k', list: ['f'] }]) {
    await null;
    readers.push(async () => `${key}${await first}`);
  }
  await null;
  const once = readers.slice(0, 4).map((f) => f());
  return { once, twice: readers.slice(0, 4).map((f) => f()), last: await readers[4]!() };
}
