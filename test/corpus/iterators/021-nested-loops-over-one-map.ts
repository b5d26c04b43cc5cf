/** Nested loops over the same map, each with its own position, while entries come and go. */
export default async function main() {
  const map = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  const log: string[] = [];
  for (const [outer, value] of map) {
    for (const inner of map.keys()) {
      await null;
      log.push(outer + inner);
      if (outer === 'a' && inner === 'b') {
        map.delete('b');
        map.set('z', 26);
      }
    }
    if (value > 20) map.clear();
  }
  return { log, size: map.size };
}
