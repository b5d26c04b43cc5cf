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

async function run(log: Log, throwAt: string): Promise<unknown> {
  const check = (place: string) => {
    log.push(place);
    if (throwAt === place) throw new Error(place);
  };
  try {
    check('1 try');
    await null;
    try {
      check('2 try');
      try {
        await null;
        check('3 try');
      } catch (error: any) {
        await null;
        log.push(`3 caught ${error.message}`);
        check('3 catch');
      } finally {
        await null;
        check('3 finally');
      }
      check('2 after');
    } catch (error: any) {
      log.push(`2 caught ${error.message}`);
      await null;
      check('2 catch');
    } finally {
      check('2 finally');
      await null;
    }
    check('1 after');
  } catch (error: any) {
    log.push(`1 caught ${await error.message}`);
  } finally {
    log.push(await '1 finally');
  }
  return 'end';
}
export default async function main() {
  const results: unknown[] = [];
  for (const place of ['none', '1 try', '2 try', '3 try', '3 finally', '2 after', '2 finally', '1 after']) {
    const log: Log = [];
    results.push([place, await run(log, place), log]);
  }
  return results;
}
