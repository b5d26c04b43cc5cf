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

function call(log: Log, ...args: number[]) {
  log.push('called');
  return args;
}
export default async function main() {
  const log: Log = [];
  const result = call(log, mark(log, 'a', 1), await later(log, 'b', 2), mark(log, 'c', 3), await later(log, 'd', 4));
  return { log, result };
}
