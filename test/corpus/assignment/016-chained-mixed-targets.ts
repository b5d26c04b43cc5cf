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
  const a: any = {}, b: any[] = [];
  let c: any;
  const r = (a[mark(log, 'ka', 'x')] = b[await later(log, 'kb', 1)] = c = await later(log, 'value', { v: 1 }));
  return { log, same: a.x === b[1] && b[1] === c && c === r, a, b };
}
