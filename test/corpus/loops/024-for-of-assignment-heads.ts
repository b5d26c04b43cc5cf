export default async function main() {
  const target: any = { list: [] };
  let i = 0;
  let x: number | undefined;
  let y: number | undefined;
  for (target.item of [1, 2]) await null;
  for (target.list[i++] of ['a', 'b', 'c']) await null;
  for ([x, y = await 100] of [[1], [2, 3]]) await null;
  for ({ a: target.a, ...target.rest } of [{ a: 1, b: 2 }, { a: 3, c: 4 }]) await null;
  for (var shared of [5, 6]) await null;
  return { target, x, y, shared };
}
