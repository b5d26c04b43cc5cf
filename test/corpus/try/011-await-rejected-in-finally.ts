type Log = unknown[];
async function failing(log: Log, message: string): Promise<never> {
  log.push(`${message} starts`);
  await null;
  throw new Error(message);
}

async function run(log: Log) {
  try {
    await failing(log, 'first');
  } finally {
    await failing(log, 'second');
  }
}
export default async function main() {
  const log: Log = [];
  await run(log).catch((error: Error) => log.push(`caught ${error.message}`));
  return log;
}
