export default async function main() {
  const log: string[] = [];
  outer: for (let i = 0; i < 4; i++) {
    middle: for (const j of [0, 1, 2]) {
      let k = 0;
      inner: while (true) {
        await null;
        if (k === 3) break inner;
        if (i === 1 && k === 1) continue outer;
        if (i === 2 && j === 1) break middle;
        if (i === 3) break outer;
        if (k === 1 && j === 2) {
          k++;
          continue inner;
        }
        if (j === 1 && k === 0) continue middle;
        log.push(`${i}${j}${k}`);
        k++;
      }
    }
    log.push(`end ${i}`);
  }
  return log;
}
