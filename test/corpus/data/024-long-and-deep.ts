export default async function main() {
  let list: any = null;
  for (let i = 0; i < 5000; i++) list = { i, next: list };
  const wide = Array.from({ length: 2000 }, (_, i) => ({ i }));
  await null;
  let count = 0;
  for (let node = list; node; node = node.next) count += node.i;
  return { count, wide: wide.reduce((s, o) => s + o.i, 0), last: wide.at(-1) };
}
