export default async function main() {
  const log: unknown[] = [];
  let self: AsyncGenerator<number>;
  async function* reentrant() {
    log.push('begin');
    const later = self.next();
    yield 1;
    log.push('between');
    yield 2;
    log.push(await later);
    yield 3;
  }
  self = reentrant();
  log.push(await self.next());
  log.push(await self.next());
  log.push(await self.next());
  return log;
}
