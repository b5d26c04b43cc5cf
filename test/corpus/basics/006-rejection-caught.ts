async function fails(): Promise<never> {
  await null;
  throw new RangeError('out of range');
}

export default async function main() {
  const log: string[] = [];
  try {
    log.push('try');
    await fails();
    log.push('not reached');
  } catch (error: any) {
    log.push(error.name, error.message, String(error instanceof RangeError));
  }
  try {
    await Promise.reject('just a string');
  } catch (error) {
    log.push(error as string);
  }
  return log;
}
