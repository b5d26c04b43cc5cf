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
  let a = 1;
  let b = 2;
  a = await later(log, 'a', 10);
  b = a = await later(log, 'b', 20);
  const c = (a = await later(log, 'c', 30)) + a;
  return { log, a, b, c };
}
