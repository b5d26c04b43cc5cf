export default async function main() {
  const log: unknown[] = [];
  let self: Generator<unknown, unknown, unknown>;
  function* reentrant() {
    for (const method of ['next', 'return', 'throw'] as const) {
      try {
        self[method]('x' as never);
        log.push('allowed');
      } catch (error) {
        log.push([method, (error as Error).constructor === TypeError, (error as Error).message]);
      }
      yield method;
    }
    return 'end';
  }
  self = reentrant();
  log.push(self.next());
  await null;
  log.push(self.next());
  await null;
  log.push(self.next(), self.next());
  return log;
}
