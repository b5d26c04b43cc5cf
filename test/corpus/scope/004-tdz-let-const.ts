export default async function main() {
  const log: unknown[] = [];
  const attempt = async (f: () => unknown) => {
    try {
      log.push(await f());
    } catch (error: any) {
      log.push(`${error.constructor.name}: ${error.message}`);
    }
  };
  await attempt(() => { const r = early; let early = 1; return r; });
  await attempt(async () => { await null; const r = early; const early = 1; return r; });
  await attempt(async () => { await null; early = 2; let early = 1; return early; });
  await attempt(async () => { const r = typeof early; await null; let early = 1; return r + early; });
  await attempt(async () => { let self: any = (await null, self); return self; });
  await attempt(async () => { const read = () => late; await null; const r = read(); let late = 1; return r + late; });
  await attempt(async () => { const read = () => late; await null; let late = 'in time'; await null; return read(); });
  await attempt(async () => { late++; await null; let late = 1; return late; });
  await attempt(async () => { const { a = b, b } = { b: await 1 } as any; return a + b; });
  return log;
}
