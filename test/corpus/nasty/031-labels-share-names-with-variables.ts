export default async function main() {
  const log: unknown[] = [];
  let x = 0;
  x: for (const x of [1, 2, 3]) {
    y: for (let y = 0; y < 2; y++) {
      await null;
      if (x === 2) continue x;
      if (y === 1) break y;
      log.push([x, y]);
    }
    log: {
      if (await (x === 3)) break log;
      log.push('after');
    }
  }
  return { log, x };
}
