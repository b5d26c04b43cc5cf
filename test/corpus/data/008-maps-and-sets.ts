export default async function main() {
  const key = { id: 1 };
  const list = [1];
  const map = new Map<unknown, unknown>([[key, 'object'], [list, 'array'], [NaN, 'nan'], [-0, 'zero'], [undefined, 'undefined'], ['1', 'string'], [1, 'number'], [1n, 'bigint']]);
  const set = new Set<unknown>([key, list, map, NaN, 'x']);
  map.set(map, set);
  map.delete('1');
  map.set('1', 'again at the end');
  await null;
  return { map, set, byKey: map.get(key), byList: map.get(list), byNaN: map.get(NaN), zero: map.get(0), self: map.get(map) === set, order: [...map.keys()].map((k) => typeof k), has: set.has(key) };
}
