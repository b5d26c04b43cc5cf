export default async function main() {
  const log: string[] = [];
  const make = (name: string) => ({
    name,
    async [Symbol.asyncDispose]() {
      await null;
      log.push(`async dispose ${name}`);
    },
    [Symbol.dispose]() {
      log.push(`dispose ${name}`);
    },
  });
  async function* source() {
    yield make('a');
    yield make('b');
  }
  for await (await using r of source()) log.push(r.name);
  for await (using r of source()) {
    await null;
    log.push(r.name);
    if (r.name === 'a') continue;
    break;
  }
  return log;
}
