async function inner(o: { n: number }, list: unknown[]) {
  o.n++;
  await null;
  list.push(o);
  await null;
  o.n++;
  return o;
}
export default async function main() {
  const o = { n: 0 };
  const list: unknown[] = [];
  const first = inner(o, list);
  const second = inner(o, list);
  const returned = await first;
  o.n += 100;
  return { same: returned === o && list[0] === o && list[1] === (await second), o, list };
}
