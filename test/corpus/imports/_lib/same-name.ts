export const value = 7;
const log: string[] = [];
function local(x: number) {
  return x + value;
}
class Item { from = 'library'; }
export async function helper(x: number) {
  const item = new Item();
  await null;
  log.push('called');
  return { local: local(x), item };
}
