export default async function main() {
  const log: unknown[] = [];
  log.push(await (Promise.resolve(1) as any).then(5, 'x'));
  log.push(await (Promise.reject(new Error('passes')) as any).then(5).catch(7).catch((e: Error) => e.message));
  log.push(await Promise.resolve(2).then((x) => x, () => 'not called'));
  log.push(await Promise.resolve(3).finally(undefined as any));
  const f = function (this: unknown, ...args: unknown[]) { return [this, args]; };
  log.push(await Promise.resolve(4).then(f), await Promise.reject(5).then(undefined, f));
  let calls = 0;
  const handler = () => ++calls;
  await Promise.all([Promise.resolve().then(handler), Promise.resolve().then(handler)]);
  return [...log, calls];
}
