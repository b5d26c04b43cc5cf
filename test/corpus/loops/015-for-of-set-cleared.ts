export default async function main() {
  const log: unknown[] = [];
  const set = new Set<unknown>(['a', 'b', 'c']);
  for (const item of set) {
    log.push(item);
    await null;
    if (item === 'b') {
      set.clear();
      set.add('x');
      set.add('y');
    }
  }
  const map = new Map<unknown, unknown>([['k', 1]]);
  for (const key of map.keys()) {
    log.push(key);
    await null;
    if (map.size < 4) map.set(map.size, map.size);
  }
  return { log, set, map };
}
