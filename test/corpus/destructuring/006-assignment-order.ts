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
  const source = {
    get a() { log.push('get a'); return undefined; },
    get b() { log.push('get b'); return 2; },
  };
  const target = {
    set a(v: any) { log.push(`set a ${v}`); },
    set b(v: any) { log.push(`set b ${v}`); },
  };
  const result = ({ [mark(log, 'key a', 'a')]: (await later(log, 'target a', target)).a = await later(log, 'default a', 1), b: mark(log, 'target b', target).b } = source as any);
  return { log, same: result === source };
}
