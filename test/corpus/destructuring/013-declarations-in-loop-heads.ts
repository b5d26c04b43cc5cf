type Log = unknown[];
function mark<T>(log: Log, name: string, value: T): T {
  log.push(name);
  return value;
}
async function later<T>(log: Log, name: string, value: T): Promise<T> {
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
  return value;
}

export default async function main() {
  const log: Log = [];
  for (let [i, { step = await later(log, 'step', 2) }] = [0, {} as any]; i < 5; i += step) log.push(i);
  for (const { id, tags: [first = await later(log, `tag of ${id}`, 'none')] } of [{ id: 1, tags: ['x'] }, { id: 2, tags: [] as string[] }]) log.push(`${id} ${first}`);
  for (const [key, value = await later(log, 'value', 'default')] of new Map<string, any>([['a', 1], ['b', undefined]])) log.push(`${key} ${value}`);
  return log;
}
