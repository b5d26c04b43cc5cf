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
  for (let i = await later(log, 'init', 0); i < (await later(log, 'test', 3)); i += await later(log, 'update', 1)) log.push(i);
  return log;
}
