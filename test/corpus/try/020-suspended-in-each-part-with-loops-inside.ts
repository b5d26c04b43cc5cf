export default async function main() {
  const log: unknown[] = [];
  try {
    for (const a of [1, 2]) log.push(await a);
    throw 'x';
  } catch (e) {
    for (let i = 0; i < 2; i++) log.push(await `${e}${i}`);
  } finally {
    let n = 2;
    while (n-- > 0) {
      if ((await n) === 0) break;
      log.push(`finally ${n}`);
    }
  }
  return log;
}
