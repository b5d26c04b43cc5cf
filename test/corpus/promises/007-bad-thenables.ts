export default async function main() {
  const log: unknown[] = [];
  const attempt = async (x: any) => { try { log.push(await x); } catch (e: any) { log.push(`threw ${e.message ?? e}`); } };
  await attempt({ then: 5 });
  await attempt({ then() { throw new Error('then threw'); } });
  await attempt({ then(f: any) { f('resolved'); throw new Error('ignored'); } });
  await attempt({ then(_: any, r: any) { r('rejected'); } });
  await attempt({ then(f: any, r: any) { f(1); f(2); r(3); } });
  await attempt({ get then() { throw new Error('getter threw'); } });
  await attempt(new Promise((resolve) => resolve({ then() { throw new Error('via resolve'); } })));
  const self: any = new Promise((resolve) => queueMicrotask(() => resolve(self)));
  await self.catch((e: any) => log.push(e.constructor.name));
  return log;
}
