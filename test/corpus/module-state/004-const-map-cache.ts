const cache = new Map<string, Promise<number>>();
const misses = new Set<string>();
async function load(key: string) {
  misses.add(key);
  await null;
  return key.length;
}
function get(key: string) {
  let hit = cache.get(key);
  if (!hit) cache.set(key, (hit = load(key)));
  return hit;
}
export default async function main() {
  const a = await get('one');
  const b = await get('three');
  const c = await get('one');
  return { values: [a, b, c], misses: [...misses], size: cache.size, same: get('one') === cache.get('one') };
}
