async function* count(from: number, to: number) {
  for (let n = from; n <= to; n++) {
    const got: unknown = yield Promise.resolve(n);
    if (got === 'stop') return 'stopped';
    await null;
  }
  return Promise.resolve('end');
}

export default async function main() {
  const log: unknown[] = [];
  const it = count(1, 3);
  log.push(await it.next());
  log.push(await it.next());
  log.push(await it.next('stop'), await it.next());
  for await (const n of count(5, 8)) {
    await null;
    log.push(n);
  }
  for await (const n of [1, Promise.resolve(2), 3]) {
    log.push(n);
    if (n === 2) break;
  }
  return log;
}
