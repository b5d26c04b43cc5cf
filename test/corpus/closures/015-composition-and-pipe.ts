export default async function main() {
  const pipe = (...fs: ((x: any) => any)[]) => async (x: any) => {
    for (const f of fs) x = await f(x);
    return x;
  };
  const log: string[] = [];
  const trace = (name: string) => (x: any) => {
    log.push(`${name}=${x}`);
    return x;
  };
  const work = pipe((x) => x + 1, trace('a'), async (x) => x * 2, trace('b'), pipe((x) => -x, trace('c')));
  await null;
  return [await work(1), await work(10), log];
}
