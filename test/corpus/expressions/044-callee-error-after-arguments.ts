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
  const object: any = {};
  for (const attempt of [0, 1, 2]) {
    try {
      if (attempt === 0) object.missing(await later(log, 'argument', 1));
      if (attempt === 1) object.missing.deeper(await later(log, 'never evaluated', 1));
      if (attempt === 2) new object.missing(await later(log, 'new argument', 1));
    } catch (error: any) {
      log.push(error.constructor.name);
    }
  }
  return log;
}
