async function* guarded(log: unknown[]) {
  for (let round = 0; ; round++) {
    try {
      log.push(['got', yield round]);
      await null;
    } catch (error) {
      log.push(['caught', (error as Error).message, round]);
      if ((error as Error).message === 'stop') return 'stopped';
    } finally {
      await null;
      log.push(['finally', round]);
    }
  }
}

export default async function main() {
  const log: unknown[] = [];
  const it = guarded(log);
  log.push(await it.next());
  log.push(await it.throw(new Error('one')));
  log.push(await it.next('value'));
  log.push(await it.throw(new Error('stop')), await it.next());
  return log;
}
