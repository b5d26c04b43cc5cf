export default async function main() {
  const log: string[] = [];
  outer: for (let i = 0; i < 3; i++) {
    try {
      inner: for (let j = 0; j < 3; j++) {
        try {
          await null;
          if (j === 1 && i === 0) continue outer;
          if (j === 1 && i === 1) break outer;
          if (j === 2) break inner;
        } finally {
          log.push(await `inner finally ${i}${j}`);
        }
      }
    } finally {
      log.push(await `outer finally ${i}`);
    }
  }
  return log;
}
