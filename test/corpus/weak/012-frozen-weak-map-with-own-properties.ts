export default async function main() {
  const key = {};
  const map: any = new WeakMap([[key, 1]]);
  map.note = 'n';
  Object.freeze(map);
  await null;
  map.set(key, 2);
  return [map.get(key), map.note, Object.isFrozen(map), Object.keys(map)];
}
