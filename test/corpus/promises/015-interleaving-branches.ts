export default async function main() {
  const log: string[] = [];
  const branch = async (name: string, steps: number) => {
    for (let i = 0; i < steps; i++) {
      log.push(`${name}${i}`);
      if (i % 2) await null;
      else await (async () => { await null; })();
    }
    return name;
  };
  const [a, b, c] = [branch('a', 3), branch('b', 2), branch('c', 4)];
  log.push(await b, await a, await c);
  return log;
}
