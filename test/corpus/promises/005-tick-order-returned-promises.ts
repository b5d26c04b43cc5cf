export default async function main() {
  const log: string[] = [];
  const direct = async () => 1;
  const returned = async () => Promise.resolve(1);
  const awaited = async () => await Promise.resolve(1);
  const all = [
    direct().then(() => log.push('direct')),
    returned().then(() => log.push('returned promise')),
    awaited().then(() => log.push('return await')),
    Promise.resolve(Promise.resolve(1)).then(() => log.push('resolve(promise)')),
    new Promise((r) => r(Promise.resolve(1))).then(() => log.push('new Promise(r => r(promise))')),
    Promise.resolve().then(() => Promise.resolve(1)).then(() => log.push('then returning promise')),
    Promise.resolve().then(() => log.push('x1')).then(() => log.push('x2')).then(() => log.push('x3')).then(() => log.push('x4')),
  ];
  await Promise.all(all);
  return log;
}
