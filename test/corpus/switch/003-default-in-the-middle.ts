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

async function run(n: number) {
  const log: Log = [];
  switch (n) {
    case await later(log, 'test 1', 1):
      log.push('one');
      break;
    default:
      log.push(await 'default');
    case await later(log, 'test 2', 2):
      log.push('two');
      break;
    case mark(log, 'test 3', 3):
      log.push(await 'three');
  }
  return log;
}
export default async function main() {
  return [await run(1), await run(2), await run(3), await run(4)];
}
