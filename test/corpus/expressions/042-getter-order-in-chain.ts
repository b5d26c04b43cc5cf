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
  const object = {
    get first() {
      log.push('get first');
      return { get second() { log.push('get second'); return (x: number) => { log.push('call'); return x; }; } };
    },
  };
  const r = object.first.second(await later(log, 'argument', 5));
  const s = object.first.second(mark(log, 'a', 1)) + (await later(log, 'b', 2));
  return { log, r, s };
}
