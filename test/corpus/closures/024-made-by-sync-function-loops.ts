function make(n: number) {
  const lets: (() => number)[] = [];
  const vars: (() => number)[] = [];
  for (let i = 0; i < n; i++) lets.push(() => i++);
  for (var j = 0; j < n; j++) vars.push(() => j++);
  for (const k of [100, 200]) lets.push(() => k);
  for (const key in { a: 1, b: 2 }) lets.push(() => key.charCodeAt(0));
  let w = 0;
  while (w < 2) {
    const held = w * 1000;
    lets.push(() => held + w);
    w++;
  }
  return { lets, vars };
}
export default async function main() {
  const { lets, vars } = make(3);
  await null;
  const first = [lets.map((f) => f()), vars.map((f) => f())];
  await null;
  return [...first, lets.map((f) => f()), vars.map((f) => f())];
}
