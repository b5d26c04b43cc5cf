export default async function main() {
  const log: unknown[] = [];
  {
    using nothing = null;
    await using nothing2 = undefined;
    log.push(nothing, nothing2);
  }
  for (const bad of [5, {}, { [Symbol.dispose]: 1 }] as any[]) {
    try {
      using r = bad;
      log.push('not reached', r);
    } catch (error: any) {
      log.push(error.constructor.name);
    }
    try {
      await using r = bad;
      log.push('not reached', r);
    } catch (error: any) {
      log.push(error.constructor.name);
    }
  }
  return log;
}
