export default async function main() {
  let n = 0;
  const add = (by: number) => async () => {
    await null;
    return (n += by);
  };
  const object = { f: add(1), list: [add(10), add(100)] };
  const map = new Map<string, () => Promise<number>>([['k', add(1000)]]);
  const set = new Set([object.f]);
  await null;
  const log = [await object.f(), await object.list[1]!(), await map.get('k')!(), set.has(object.f)];
  for (const f of set) log.push(await f());
  object.f = object.list[0]!;
  await null;
  log.push(await object.f(), n);
  return log;
}
