export default async function main() {
  const log: string[] = [];
  const iterator = ['a', 'b', 'c', 'd', 'e'].entries();
  const branch = async (name: string) => {
    for (const [i, x] of iterator) {
      log.push(`${name}${i}${x}`);
      await null;
      if (x === 'c') break;
    }
  };
  await Promise.all([branch('p'), branch('q')]);
  log.push(`left ${JSON.stringify(iterator.next())}`);
  const map = new Map([[1, 'one'], [2, 'two'], [3, 'three']]);
  const keys = map.keys();
  await Promise.all([
    (async () => { for (const k of keys) { log.push(`r${k}`); await null; map.delete(k + 1); } })(),
    (async () => { await null; for (const k of keys) { log.push(`s${k}`); await null; } })(),
  ]);
  return { log, map };
}
