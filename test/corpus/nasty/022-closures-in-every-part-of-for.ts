export default async function main() {
  const log: unknown[] = [];
  const fs: (() => unknown)[] = [];
  for (let i = 0, j = await 10, f = () => `${i}-${j}`; fs.push(() => `test ${i}`), i < j; fs.push(() => `update ${i}`), i += await 4, j -= 1) {
    fs.push(f, () => `body ${i}-${j}`);
    try {
      if (i === 4) continue;
      log.push(f());
    } finally {
      i = await (i + 0);
      j = j;
    }
  }
  return { log, all: fs.map((f) => f()) };
}
