export default async function main() {
  const log: string[] = [];
  const map = new Map<string, number>([['a', 1], ['b', 2], ['c', 3]]);
  for (const [key, value] of map) {
    log.push(`${key}${value}`);
    await null;
    if (key === 'a') {
      map.delete('b');
      map.set('d', 4);
    }
    if (key === 'c') {
      map.delete('a');
      map.set('a', 9);
    }
  }
  const object = { n: 1 };
  const byObject = new Map([[object, 'one']]);
  for (const [key] of byObject) {
    await null;
    key.n++;
  }
  return { log, map, object };
}
