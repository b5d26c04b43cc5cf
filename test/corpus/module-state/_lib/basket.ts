export const items: string[] = [];
export let latest: string | undefined;
export async function add(item: string) {
  items.push(item);
  await null;
  latest = item;
  await null;
  return items.length;
}
