async function later<T>(value: T): Promise<T> {
  await null;
  return value;
}
export default async function main() {
  const a: any[] = [];
  let i = 0;
  a[i] = await (i++, later('first'));
  a[i++] = await later(i);
  a[i] = (i = 5, await later('third'));
  let target: any = {};
  const original = target;
  target.x = await ((target = {}), later('kept'));
  target[i] = await ((target = { other: true }), later('lost'));
  return { a, i, original, target };
}
