/** Results are fresh objects with value and done in this order, which the script may keep and change. */
export default async function main() {
  const list = [1, 2].values();
  const first = list.next();
  const second = list.next();
  await null;
  first.value = 'changed' as never;
  const end = list.next();
  const again = list.next();
  await null;
  return {
    results: [first, second, end, again],
    fresh: end !== again,
    keys: [Object.keys(first), Object.keys(end)],
    pairs: (() => {
      const map = new Map([[1, 2]]);
      const pair = map.entries().next().value!;
      pair[1] = 99;
      return [pair, map.get(1)];
    })(),
  };
}
