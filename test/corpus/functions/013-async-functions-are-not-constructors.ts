export default async function main() {
  const log: string[] = [];
  const o = { async m() { await null; }, s() {} };
  const candidates: any[] = [async () => await 1, async function f() { await null; }, o.m, o.s, () => {}];
  for (const C of candidates) {
    await null;
    try {
      new C();
      log.push('constructed');
    } catch (error: any) {
      log.push(error.constructor.name);
    }
    log.push(String(Object.hasOwn(C, 'prototype')));
  }
  return log;
}
