export default async function main() {
  const a = async () => ({ x: await 1 });
  const b = async (x: number) => x > 1 ? await 'big' : 'small';
  const c = async () => (await 1, await 2);
  const d = async () => [await 1, ...(await [2, 3])];
  const e = async () => `${await 1}`;
  const f = async ([x, { y }]: any) => await x + await y;
  const g = async () => async () => await (async () => await 3)();
  const h = async x => await x;
  const i = async () => { };
  const j = async () => void await 1;
  const k = async () => await b(await f([1, { y: 2 }]));
  const l = async () => !await c() || await d();
  return [await a(), await b(1), await b(2), await c(), await d(), await e(), await f([1, { y: 2 }]), await (await g())(), await h('h'), await i(), await j(), await k(), await l()];
}
