export default async function main(): Promise<unknown> {
  const log: unknown[] = [];
  const attempt = async (run: () => Promise<unknown>) => {
    try {
      log.push(await run());
    } catch (error) {
      log.push((error as Error).message);
    }
  };
  const five: any = 5;
  const o: any = { a: { b: 1 }, method: () => 'called' };
  await attempt(async () => new five(await 1));
  await attempt(async () => new o.a(await 1));
  await attempt(async () => new (await o.a)());
  await attempt(async () => new o.method(await 1));
  await attempt(async () => (await o.a)());
  await attempt(async () => (await o).missing());
  await attempt(async () => (await o).method());
  await attempt(async () => (await o).a.b());
  await attempt(async () => five(await 1));
  await attempt(async () => o.a.b.c(await 1));
  await attempt(async () => {
    const { q } = (await null) as any;
    return q;
  });
  await attempt(async () => {
    const { q } = (await o) as any;
    return q;
  });
  await attempt(async () => new Date(await 0).toISOString());
  await attempt(async () => new (class Local {
      constructor(readonly v: number) {}
    })(await 4).v);
  return log;
}
