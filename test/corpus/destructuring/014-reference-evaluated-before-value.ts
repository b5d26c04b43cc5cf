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
  let object: any = { name: 'first' };
  const first = object;
  [object[mark(log, 'key', 'k')], object.other] = [await later(log, 'value', 1), await later(log, 'replace', ((object = { name: 'second' }), 2))];
  let i = 0;
  const list: any[] = [];
  [list[i++], list[i++], list[i++] = await later(log, 'third', i)] = ['a', 'b'] as any[];
  return { log, first, object, list };
}
