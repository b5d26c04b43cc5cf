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
  const list = [1, 2, 3, 4];
  list.length = await later(log, 'length', 2);
  list[list.length] = await later(log, 'append', 9);
  list.length += await later(log, 'grow', 2);
  const bytes = new Uint8Array(3);
  bytes[0] = await later(log, 'wrap', 257);
  bytes[1]! -= await later(log, 'under', 1);
  bytes[9] = await later(log, 'outside', 1);
  return { log, list, bytes };
}
