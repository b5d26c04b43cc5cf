export default async function main() {
  let async: any = await 1, of: any = await 2, get: any = await 3, set: any = await 4, from: any = await 5, as: any = await 6, type: any = await 7, target: any = await 8;
  async = async + (await of);
  const object = { async, of, get, set, await: 9, static: 10, yield: 11, new: 12, async async() { return 13; }, get get() { return 14; } };
  for (of of [await 20]) await null;
  for (async of => of; await false; );
  await null;
  return { async, of, get, set, from, as, type, target, object: { ...object, a: await (object.async as any)() } };
}
