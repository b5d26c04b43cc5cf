export default async function main() {
  const log: string[] = [];
  let n = 0;
  while (await (n < 5)) {
    n++;
    if ((await n) === 2) continue;
    if (n === 4) break;
    log.push(`while ${n}`);
  }
  n = 0;
  do {
    n++;
    if (n === 1) continue;
    log.push(`do ${await n}`);
    if (n === 3) break;
  } while ((await n) < 10);
  do log.push('once');
  while (await false);
  let m = 0;
  do {
    if (m++ < 2) continue;
    break;
  } while ((log.push(`test ${m}`), await true));
  return { log, n, m };
}
