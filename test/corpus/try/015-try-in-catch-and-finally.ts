type Log = unknown[];
async function failing(log: Log, message: string): Promise<never> {
  log.push(`${message} starts`);
  await null;
  throw new Error(message);
}

export default async function main() {
  const log: Log = [];
  try {
    await failing(log, 'a');
  } catch (a: any) {
    try {
      await failing(log, 'b');
    } catch (b: any) {
      log.push([a.message, b.message]);
    } finally {
      try {
        await failing(log, 'c');
      } catch (c: any) {
        log.push([a.message, c.message]);
      }
    }
  } finally {
    try {
      log.push(await 'd');
    } finally {
      log.push(await 'e');
    }
  }
  return log;
}
