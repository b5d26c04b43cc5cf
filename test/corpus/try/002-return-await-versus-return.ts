type Log = unknown[];
async function failing(log: Log, message: string): Promise<never> {
  log.push(`${message} starts`);
  await null;
  throw new Error(message);
}

async function returned(log: Log) {
  try {
    return failing(log, 'plain return');
  } catch {
    return 'caught inside';
  }
}
async function awaited(log: Log) {
  try {
    return await failing(log, 'return await');
  } catch {
    return 'caught inside';
  }
}
export default async function main() {
  const log: Log = [];
  for (const f of [returned, awaited]) {
    try {
      log.push(await f(log));
    } catch (error: any) {
      log.push(`outside ${error.message}`);
    }
  }
  return log;
}
