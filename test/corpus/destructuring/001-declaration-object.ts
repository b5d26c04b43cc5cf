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
  const { a, b: renamed, c: { d }, ...rest } = await later(log, 'object', { a: 1, b: 2, c: { d: 3 }, e: 4, f: 5 });
  await null;
  return { log, a, renamed, d, rest };
}
