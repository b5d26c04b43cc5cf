export default async function main() {
  const log: number[] = [];
  let n = 0;
  for (;;) {
    if ((await n) >= 3) break;
    log.push(n++);
  }
  for (; await (n < 5); ) log.push(n++);
  for (let k = 0; ; k++) {
    if (k === 1) continue;
    if (k > (await 2)) break;
    log.push(100 + k);
  }
  return log;
}
