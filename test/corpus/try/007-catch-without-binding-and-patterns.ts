type Log = unknown[];
async function failing(log: Log, message: string): Promise<never> {
  log.push(`${message} starts`);
  await null;
  throw new Error(message);
}

export default async function main() {
  const log: Log = [];
  try {
    await failing(log, 'one');
  } catch {
    log.push(await 'no binding');
  }
  try {
    throw { code: 5, list: [1, 2, 3] };
  } catch ({ code, list: [first, ...rest], missing = await 'default' }: any) {
    await null;
    log.push(code, first, rest, missing);
  }
  try {
    throw [await 1, await 2];
  } catch ([a, b]: any) {
    log.push(a + b);
  }
  const error = 'outer';
  try {
    throw 'inner';
  } catch (error) {
    await null;
    log.push(error);
  }
  log.push(error);
  return log;
}
