/** Iterator methods reached through a computed name, a renamed symbol and a local variable called Symbol. */
export default async function main() {
  const map = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const log: unknown[] = [];
  {
    const Symbol = { iterator: 'keys' as const };
    const keys = map[Symbol.iterator]();
    keys.next();
    log.push([...keys]);
  }
  const iterator = map[Symbol.iterator]();
  log.push(iterator.next().value);
  await null;
  const calls: string[] = [];
  const holder = {
    get map() {
      calls.push('map');
      return map;
    },
    values: () => 'own values',
    keys: 7,
  };
  const pairs = holder.map[(calls.push('key'), Symbol.iterator)]();
  log.push([...pairs], holder.values());
  await null;
  try {
    (holder as unknown as { keys(): void }).keys();
  } catch (error) {
    log.push((error as Error).constructor.name);
  }
  await null;
  log.push(Object.keys(map), Object.entries({ x: 1 }), Object.values('hi'), [...iterator]);
  return { log, calls };
}
