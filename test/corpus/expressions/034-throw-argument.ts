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
  try {
    throw await later(log, 'thrown', { code: 5 });
  } catch (error: any) {
    log.push(error.code);
  }
  try {
    throw new Error(`built ${await later(log, 'message', 'late')}`);
  } catch (error: any) {
    log.push(error.message);
  }
  return log;
}
