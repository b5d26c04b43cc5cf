export default async function main() {
  const log: number[] = [];
  const list = [1, 2, 3];
  for (const item of list) {
    log.push(item);
    await null;
    if (item < 3) list.push(item * 10);
    if (item === 2) list.shift();
  }
  return { log, list };
}
