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
  const fixed: any = 1;
  try {
    // @ts-ignore
    fixed = await later(log, 'value', 2);
  } catch (error: any) {
    log.push(error.constructor.name, error.message);
  }
  try {
    // @ts-ignore
    fixed += await later(log, 'compound', 2);
  } catch (error: any) {
    log.push(error.constructor.name);
  }
  try {
    // @ts-ignore
    fixed ||= await later(log, 'skipped', 2);
    log.push('no error when short-circuited');
    // @ts-ignore
    fixed++;
  } catch (error: any) {
    log.push(error.constructor.name, error.message);
  }
  try {
    // @ts-ignore
    [fixed] = [await later(log, 'pattern', 3)];
  } catch (error: any) {
    log.push(error.constructor.name);
  }
  return { log, fixed };
}
