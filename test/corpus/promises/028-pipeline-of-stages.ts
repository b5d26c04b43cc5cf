export default async function main() {
  const log: string[] = [];
  const stage = (name: string, f: (x: number) => Promise<number>) => (input: Promise<number>): Promise<number> =>
    input.then(async (x) => { log.push(`${name}(${x})`); const y = await f(x); log.push(`${name}=${y}`); return y; });
  const stages = [stage('add', async (x) => (await x) + 1), stage('square', async (x) => (await x) ** 2), stage('negate', async (x) => -(await x))];
  const run = (x: number) => stages.reduce((p, s) => s(p), Promise.resolve(x));
  const results = await Promise.all([run(1), run(2)]);
  return { results, log };
}
