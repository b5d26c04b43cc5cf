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
  const nothing: any = null;
  for (const attempt of [0, 1, 2, 3]) {
    try {
      if (attempt === 0) nothing.x = await later(log, 'value', 1);
      if (attempt === 1) nothing.x.y = await later(log, 'not evaluated', 1);
      if (attempt === 2) nothing.x += await later(log, 'not evaluated 2', 1);
      if (attempt === 3) nothing.x ??= await later(log, 'not evaluated 3', 1);
    } catch (error: any) {
      log.push(`${attempt} ${error.constructor.name}`);
    }
  }
  return log;
}
