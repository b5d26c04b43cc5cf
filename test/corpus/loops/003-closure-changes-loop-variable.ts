export default async function main() {
  const log: number[] = [];
  const readers: (() => number)[] = [];
  for (let i = 0, skip = () => i++; i < 8; i++) {
    readers.push(() => i);
    log.push(i);
    await null;
    if (i % 3 === 1) i += 2;
    if (i === 0) skip();
  }
  return { log, readers: readers.map((f) => f()) };
}
