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
  const tree = { left: { right: { value: 42, list: [1, 2, 3] } } };
  const a = (await later(log, 'tree', tree)).left.right.value;
  const b = tree.left[await later(log, 'key', 'right' as const)].list[await later(log, 'index', 2)];
  const c = (await later(log, 'inner', tree.left)).right.list.length;
  return { log, a, b, c };
}
