export default async function main() {
  const log: unknown[] = [];
  function* plain() {
    log.push(yield);
    log.push(yield undefined);
  }
  const it = plain();
  log.push(it.next('first argument goes nowhere'));
  await null;
  log.push(it.next());
  await null;
  log.push(it.next(undefined), it.next('x'));
  function* empty() {}
  const nothing = empty();
  await null;
  log.push(nothing.next(), nothing.return('r' as never), nothing.next());
  const untouched = empty();
  await null;
  log.push(untouched.return('given' as never), untouched.next());
  return log;
}
