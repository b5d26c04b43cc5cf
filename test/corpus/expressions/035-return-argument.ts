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

async function sum(log: Log, n: number): Promise<number> {
  if (n === 0) return await later(log, 'zero', 0);
  return n + (await sum(log, n - 1)) + (await later(log, `extra ${n}`, 100));
}
export default async function main() {
  const log: Log = [];
  const result = await sum(log, 3);
  return { log, result };
}
