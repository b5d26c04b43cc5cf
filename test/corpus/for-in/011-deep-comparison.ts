/** Two structures compared key by key with suspensions in between; differences come with their paths. */
async function* differences(a: any, b: any, path = ''): AsyncGenerator<string> {
  if (Object.is(a, b)) return;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    yield `${path}: ${String(a)} / ${String(b)}`;
    return;
  }
  for (const key in a) {
    await null;
    if (key in b) yield* differences(a[key], b[key], `${path}/${key}`);
    else yield `${path}/${key} gone`;
  }
  for (const key in b) if (!(key in a)) yield `${path}/${key} new`;
}
export default async function main() {
  const base = { inherited: 1 };
  const a = Object.assign(Object.create(base), { list: [1, 2, 3], same: NaN, deep: { x: { y: -0 } }, left: true });
  const b = { inherited: 2, list: [1, 5], same: NaN, deep: { x: { y: 0 } }, right: null };
  const found: string[] = [];
  for await (const difference of differences(a, b)) found.push(difference);
  return found;
}
