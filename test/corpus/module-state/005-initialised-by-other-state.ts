let base = 10;
const config = { base, factor: 2, nested: { list: [1] } };
const derived = config.nested;
let current: { list: number[] } | null = derived;
export default async function main() {
  base = 20;
  derived.list.push(2);
  await null;
  current!.list.push(3);
  config.factor *= base;
  const same = current === config.nested;
  current = null;
  await null;
  return { base, config, derived, current, same };
}
