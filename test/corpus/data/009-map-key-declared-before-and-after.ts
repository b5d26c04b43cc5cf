export default async function main() {
  const before = { k: 'before' };
  const map = new Map<object, string>([[before, 'b']]);
  const after = { k: 'after', map };
  map.set(after, 'a');
  const mapOfMaps = new Map([[map, new Map([[before, after]])]]);
  await null;
  const inner = mapOfMaps.get(map)!;
  return [map.get(before), map.get(after), after.map === map, inner.get(before) === after, map];
}
