let n: any = 1;
let text: string | null = null;
async function change(value: any) {
  n = value;
  await null;
  return 1;
}
export default async function main() {
  n += await change(100);
  const first = n;
  text ??= await 'set';
  text ||= await 'not evaluated';
  n **= (await change(3)) + 1;
  const old = n++;
  await null;
  return { first, n, old, text };
}
