const registry: { items: object[]; last: object | null } = { items: [], last: null };
export default async function main() {
  const local = { id: 1 };
  registry.items.push(local);
  registry.last = local;
  await null;
  const sameBefore = registry.last === local && registry.items[0] === local;
  local.id++;
  await null;
  return { sameBefore, sameAfter: registry.items[0] === local, registry };
}
