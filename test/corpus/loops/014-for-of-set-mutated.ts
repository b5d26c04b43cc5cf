export default async function main() {
  const log: number[] = [];
  const set = new Set([1, 2, 3, 4]);
  for (const item of set) {
    log.push(item);
    await null;
    if (item === 1) set.delete(2);
    if (item === 3) {
      set.delete(1);
      set.add(1);
      set.add(50);
    }
    if (item === 50) break;
  }
  return { log, set };
}
