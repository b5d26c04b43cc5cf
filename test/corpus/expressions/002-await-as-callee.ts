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
  const result = (await later(log, 'callee', (a: number, b: number) => a * b))(mark(log, 'a', 6), await later(log, 'b', 7));
  return { log, result };
}
