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

function gather(...args: unknown[]) {
  return args;
}
export default async function main() {
  const log: Log = [];
  const result = gather(0, ...(await later(log, 'list', [1, 2])), mark(log, 'three', 3), ...'ab', await later(log, 'last', 9), ...new Set([7, 7, 8]));
  return { log, result };
}
