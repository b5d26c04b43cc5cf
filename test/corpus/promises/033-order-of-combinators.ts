export default async function main() {
  const log: string[] = [];
  const p = Promise.resolve('p');
  const done = [
    Promise.all([p, p]).then(() => log.push('all')),
    Promise.allSettled([p]).then(() => log.push('allSettled')),
    Promise.race([p, p]).then(() => log.push('race')),
    Promise.any([p]).then(() => log.push('any')),
    Promise.all([]).then(() => log.push('all empty')),
    p.then(() => log.push('then')),
    p.finally(() => log.push('finally callback')).then(() => log.push('after finally')),
    (async () => { await p; log.push('await'); })(),
    Promise.try(() => p).then(() => log.push('try')),
  ];
  await Promise.all(done);
  return log;
}
