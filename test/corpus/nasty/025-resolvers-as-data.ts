export default async function main() {
  const log: string[] = [];
  const waiting = new Map<string, (x: string) => void>();
  const wait = (key: string) => new Promise<string>((resolve) => { waiting.set(key, resolve); });
  const a = (async () => { log.push(await wait('a')); log.push(await wait('a')); })();
  const b = (async () => { log.push(await wait('b')); })();
  await null;
  const first = waiting.get('a')!;
  first('a1');
  await null;
  await null;
  first('ignored');
  waiting.get('a')!('a2');
  waiting.get('b')!('b1');
  await Promise.all([a, b]);
  const { resolve, promise } = Promise.withResolvers<Promise<string>>();
  const chained = Promise.resolve('through').then((x) => x.toUpperCase());
  resolve(chained as any);
  await null;
  log.push(await promise);
  return log;
}
