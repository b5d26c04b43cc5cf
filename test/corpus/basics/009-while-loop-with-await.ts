export default async function main() {
  const log: number[] = [];
  let n = 0;
  while (n < 5) {
    const square = await (n * n);
    log.push(square);
    n++;
  }
  return { log, n };
}
