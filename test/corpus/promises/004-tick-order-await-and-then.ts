export default async function main() {
  const log: string[] = [];
  const a = async () => { log.push('a1'); await null; log.push('a2'); await null; log.push('a3'); };
  const b = async () => { log.push('b1'); await a(); log.push('b2'); };
  Promise.resolve().then(() => log.push('t1')).then(() => log.push('t2')).then(() => log.push('t3')).then(() => log.push('t4'));
  const done = b();
  queueMicrotask(() => log.push('m1'));
  log.push('sync');
  await done;
  await null;
  return log;
}
