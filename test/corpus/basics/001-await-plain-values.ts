export default async function main() {
  const a = await 1;
  const b = await 'two';
  const c = await null;
  const d = await undefined;
  const e = await { f: 5 };
  return [a, b, c, d, e];
}
