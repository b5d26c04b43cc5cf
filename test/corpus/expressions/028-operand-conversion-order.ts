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

function noisy(log: Log, name: string, value: number) {
  return { valueOf() { log.push(`valueOf ${name}`); return value; } } as any;
}
export default async function main() {
  const log: Log = [];
  const a = noisy(log, 'a', 1) + (await later(log, 'b', noisy(log, 'b', 2)));
  const b = noisy(log, 'c', 1) < (await later(log, 'd', noisy(log, 'd', 2)));
  const c = -(await later(log, 'e', noisy(log, 'e', 5)));
  return { log, a, b, c };
}
