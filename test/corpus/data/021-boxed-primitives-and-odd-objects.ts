export default async function main() {
  const boxed = [Object('text'), Object(5), Object(true), Object(7n), Object(-0)];
  boxed[0].extra = 1;
  const numeric: any = { 2: 'two', 1: 'one', b: 'b', a: 'a', '-1': 'minus', '01': 'padded' };
  await null;
  return { boxed, numeric, keys: Object.keys(numeric), types: boxed.map((b) => typeof b), sum: boxed[1] + 1 };
}
