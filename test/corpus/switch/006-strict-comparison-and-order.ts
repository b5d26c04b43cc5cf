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
  const object = {};
  switch (await later(log, 'discriminant', object as any)) {
    case mark(log, 'other object', {}):
      log.push('wrong');
      break;
    case await later(log, 'same object', object):
      log.push('right');
      break;
    case mark(log, 'not evaluated', 1):
      log.push('wrong');
  }
  switch (true) {
    case (await 1) > 2:
      log.push('no');
      break;
    case (await 3) > 2:
      log.push('yes');
  }
  switch (await -0) {
    case 0:
      log.push('zero');
  }
  switch (await later(log, 'empty', 1)) {
  }
  return log;
}
