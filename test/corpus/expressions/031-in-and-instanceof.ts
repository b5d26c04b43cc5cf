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

class Box {}
export default async function main() {
  const log: Log = [];
  return {
    a: mark(log, 'key', 'x') in (await later(log, 'object', { x: 1 })),
    b: (await later(log, 'key2', 'y')) in mark(log, 'object2', { x: 1 }),
    c: mark(log, 'box', new Box()) instanceof (await later(log, 'class', Box)),
    d: (await later<any>(log, 'plain', {})) instanceof (await later(log, 'class2', Box)),
    log,
  };
}
