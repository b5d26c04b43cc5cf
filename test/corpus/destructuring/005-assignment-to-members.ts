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
  const target: any = { list: [] };
  let index = 0;
  ({ a: target.a, b: target[await later(log, 'key', 'bee')], c: target.list[index++] = await later(log, 'c', 'C') } = await later(log, 'source', { a: 1, b: 2 } as any));
  [target.x, (await later(log, 'target', target)).y, target.list[index++] = await later(log, 'z', 'Z'), ...target.rest] = [10, 20, undefined, 30, 40];
  return { log, target, index };
}
