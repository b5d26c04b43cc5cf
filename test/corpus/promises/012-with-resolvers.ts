export default async function main() {
  const log: unknown[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = (async () => { log.push('waiting'); log.push(await promise); })();
  await null;
  resolve('resolved');
  reject(new Error('ignored'));
  await reader;
  const second = Promise.withResolvers<never>();
  await null;
  second.reject('rejected');
  await second.promise.catch((x) => log.push(x));
  return log;
}
