/** Once a promise follows another one, its resolving functions do nothing, before and after a restore. */
export default async function main() {
  const log: unknown[] = [];
  const inner = Promise.withResolvers<string>();
  const outer = Promise.withResolvers<string>();
  outer.resolve(inner.promise as never);
  await null;
  outer.resolve('ignored');
  outer.reject(new Error('ignored'));
  void outer.promise.then((value) => log.push(value));
  await null;
  log.push('still waiting');
  inner.resolve('inner');
  for (let tick = 0; tick < 4; tick++) await null;
  return log;
}
