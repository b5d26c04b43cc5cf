function* count(from: number, to: number) {
  for (let n = from; n <= to; n++) yield n;
  return 'end';
}

export default async function main() {
  const log: unknown[] = [];
  const it = count(1, 3);
  log.push(it.next());
  await null;
  log.push(it.next());
  await null;
  log.push(it.next(), it.next());
  await null;
  log.push(it.next());
  const sums: number[] = [];
  for (const n of count(5, 8)) {
    await null;
    sums.push(n);
  }
  return { log, sums, spread: [...count(0, 2)] };
}
