import { add, items, latest } from './_lib/basket.ts';
export default async function main() {
  await add('apple');
  await add('pear');
  const before = latest;
  await null;
  await add('plum');
  return { items: [...items], before, latest };
}
