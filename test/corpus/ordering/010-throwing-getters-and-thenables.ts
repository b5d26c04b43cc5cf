export default async function main() {
  const log: string[] = [];
  const get = (name: string): object => ({
    get then(): never {
      log.push(`get ${name}`);
      throw new RangeError(name);
    },
  });
  const show = (error: unknown): string => `${(error as Error).name} ${(error as Error).message}`;
  void Promise.resolve(get('resolve')).catch((error: unknown) => log.push(show(error)));
  void Promise.resolve().then(() => get('returned')).catch((error: unknown) => log.push(show(error)));
  void (async () => get('async'))().catch((error: unknown) => log.push(show(error)));
  try {
    await get('awaited');
  } catch (error) {
    log.push(show(error));
  }
  // oxlint-disable-next-line unicorn/no-thenable -- it is one
  const both = { then: (done: (v: string) => void) => (done('kept'), log.push('called'), void 0) };
  log.push(String(await both));
  const cases = await Promise.allSettled([get('all'), both]);
  return { log, cases: cases.map(({ status }) => status) };
}
