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
  const object: any = {
    base: 100,
    plus(n: number) {
      return this.base + n;
    },
  };
  const a = object[await later(log, 'key', 'plus')](mark(log, 'arg', 5));
  const b = object[mark(log, 'key2', 'plus')](await later(log, 'arg2', 6));
  const c = (await later(log, 'object', object))[await later(log, 'key3', 'plus')](await later(log, 'arg3', 7));
  return { log, a, b, c };
}
