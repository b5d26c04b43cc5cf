export default async function main() {
  const cache = new Map<string, WeakRef<{ id: string }>>();
  const pinned: { id: string }[] = [];
  let loads = 0;
  async function load(id: string): Promise<{ id: string }> {
    const cached = cache.get(id)?.deref();
    if (cached) return cached;
    loads++;
    await null;
    const made = { id };
    cache.set(id, new WeakRef(made));
    pinned.push(made);
    return made;
  }
  const first = await load('a');
  const second = await load('b');
  const again = await load('a');
  return [first === again, second.id, loads, [...cache.keys()], pinned.length];
}
