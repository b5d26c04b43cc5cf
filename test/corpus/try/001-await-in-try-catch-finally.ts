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

async function run(log: Log, fail: boolean) {
  try {
    await later(log, 'try', 1);
    if (fail) throw new Error('failed');
    return await later(log, 'value', 'from try');
  } catch (error: any) {
    return await later(log, 'catch', error.message);
  } finally {
    await later(log, 'finally', 1);
  }
}
export default async function main() {
  const log: Log = [];
  return { a: await run(log, false), b: await run(log, true), log };
}
