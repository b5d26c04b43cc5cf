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
  const object: any = { list: [] };
  object[await later(log, 'k1', 'one')] = mark(log, 'v1', 1);
  object[mark(log, 'k2', 'two')] = await later(log, 'v2', 2);
  (await later(log, 'o3', object))[await later(log, 'k3', 'three')] = await later(log, 'v3', 3);
  object.list[await later(log, 'i', 2)] = await later(log, 'v4', 'third');
  return { log, object };
}
