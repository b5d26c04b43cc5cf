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

async function run(log: Log, how: string): Promise<unknown> {
  for (let i = 0; i < 2; i++) {
    try {
      await later(log, `try ${i}`, 0);
      throw new Error('e');
    } catch (error: any) {
      await later(log, 'catch', 0);
      if (how === 'return') return how;
      if (how === 'break') break;
      if (how === 'continue') continue;
      if (how === 'throw') throw new Error('other', { cause: error });
      if (how === 'rethrow') throw error;
    } finally {
      log.push(await 'finally');
    }
    log.push('after');
  }
  return 'end';
}
export default async function main() {
  const log: Log = [];
  for (const how of ['none', 'return', 'break', 'continue', 'throw', 'rethrow']) {
    try {
      log.push(await run(log, how));
    } catch (error) {
      log.push(error);
    }
  }
  return log;
}
