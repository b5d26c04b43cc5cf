function* guarded(log: unknown[]) {
  for (let round = 0; ; round++) {
    try {
      log.push(['got', yield round]);
    } catch (error) {
      log.push(['caught', (error as Error).message, round]);
      if ((error as Error).message === 'stop') return 'stopped';
    }
  }
}

export default async function main() {
  const log: unknown[] = [];
  const it = guarded(log);
  log.push(it.next());
  await null;
  log.push(it.throw(new Error('first')));
  await null;
  log.push(it.next('value'));
  log.push(it.throw(new Error('stop')));
  await null;
  try {
    it.throw(new RangeError('too late'));
  } catch (error) {
    log.push((error as Error).name, (error as Error).message);
  }
  log.push(it.next());
  const fresh = guarded([]);
  try {
    fresh.throw(new TypeError('not begun'));
  } catch (error) {
    log.push((error as Error).name);
  }
  log.push(fresh.next());
  return log;
}
