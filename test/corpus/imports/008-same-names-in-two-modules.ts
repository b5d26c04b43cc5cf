import { helper, value } from './_lib/same-name.ts';
function local(x: number) {
  return helperHere(x) + value;
}
const helperHere = (x: number) => x * 1000;
class Item { from = 'entry'; }
export default async function main() {
  const [a, b] = [local(1), await helper(1)];
  const item = new Item();
  await null;
  return { a, b, item };
}
