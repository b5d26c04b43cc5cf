export default async function main() {
  const log: string[] = [];
  const thenable: any = { then(resolve: (x: string) => void) { log.push('then called'); resolve('thenable'); } };
  const p = (async () => { log.push(`got ${await thenable}`); })();
  log.push('sync');
  const q = Promise.resolve().then(() => log.push('t1')).then(() => log.push('t2')).then(() => log.push('t3'));
  const r = Promise.resolve(thenable).then((x) => log.push(`r ${x}`));
  const s = new Promise((resolve) => resolve(thenable)).then((x) => log.push(`s ${x}`));
  await Promise.all([p, q, r, s]);
  return log;
}
