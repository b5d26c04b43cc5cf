function boom(x: string): never {
  throw new Error(x);
}
export default async function main() {
  const log: string[] = [];
  const attempts: Record<string, () => Promise<unknown>> = {
    key: async () => ({ [await 'k']: 1, [boom('key')]: await 2 }),
    template: async () => `${await 1}${boom('template')}${await 2}`,
    spread: async () => [...(await [1]), ...boom('spread'), await 2],
    argument: async () => Math.max(await 1, boom('argument'), await 2),
    default: async () => { const { a = boom('default') } = await ({} as any); return a; },
    parameter: async () => (async (a = boom('parameter')) => await a)(),
    condition: async () => { if ((await 1) && boom('condition')) return 1; },
    loop: async () => { for (let i = 0; i < (await 2); i = boom('update')) await null; },
    switch: async () => { switch (await 1) { case boom('case'): return 1; } },
    iterable: async () => { for (const x of boom('iterable') as any) await x; },
    getter: async () => ({ get x() { return boom('getter'); }, y: await 1 }).x,
    target: async () => { const o: any = {}; o[boom('target')] = await 1; },
    compound: async () => { let x = await 1; x += boom('compound'); return x; },
    thrown: async () => { throw await boom('thrown'); },
    callee: async () => ((await 1) as any)(await 2),
    finally: async () => { try { return await 1; } finally { await boom('finally'); } },
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      await attempt();
      log.push(`${name} no error`);
    } catch (error: any) {
      log.push(`${name}: ${error instanceof TypeError ? 'TypeError' : error.message}`);
    }
  }
  return log;
}
