function* steps(log: string[]) {
  log.push('begin');
  const a: unknown = yield 'one';
  log.push(`a=${String(a)}`);
  const b: unknown = yield 'two';
  log.push(`b=${String(b)}`);
  return 'done';
}

export default async function main() {
  const log: string[] = [];
  const fresh = steps(log);
  const first = steps(log);
  const second = steps(log);
  const ended = steps(log);
  first.next();
  second.next();
  second.next('x');
  ended.return('early');
  await null;
  const results = [fresh.next('ignored'), first.next('p'), second.next('q'), ended.next('z')];
  await null;
  results.push(fresh.next(1), first.next(2), second.next(3), ended.next(4));
  await null;
  results.push(fresh.next(5), fresh.next(6));
  return { results, log };
}
