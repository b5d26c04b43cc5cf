/** `[a, b = await x, ...rest] = iterator`: the iterator stands still while the default is awaited, and may be changed under it. */
export default async function main() {
  const list: (string | undefined)[] = ['a', undefined, 'c'];
  const wait = async (value: string) => {
    await null;
    list.push(`added with ${value}`);
    return value;
  };
  const [first, second = await wait('default'), ...rest] = list.values();
  const set = new Set([1, 2, 3, 4]);
  const numbers = set.values();
  const [one, , three = await wait('unused')] = numbers;
  await null;
  set.delete(4);
  set.add(5);
  const [four = await wait('four'), five = await wait('five')] = numbers;
  return { first, second, rest, one, three, four, five, list, next: numbers.next() };
}
