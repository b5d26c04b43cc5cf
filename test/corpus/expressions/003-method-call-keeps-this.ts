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

class Counter {
  constructor(public count: number) {}
  add(a: number, b: number) {
    this.count += a + b;
    return this;
  }
}
export default async function main() {
  const log: Log = [];
  const counter = new Counter(10);
  const same = counter.add(await later(log, 'a', 1), mark(log, 'b', 2)).add(mark(log, 'c', 3), await later(log, 'd', 4));
  return { log, same: same === counter, count: counter.count };
}
