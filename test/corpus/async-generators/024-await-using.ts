async function* resources(log: string[]) {
  const make = (name: string) => ({
    async [Symbol.asyncDispose]() {
      await null;
      log.push(`dispose ${name}`);
    },
  });
  await using _a = make('a');
  yield 'a';
  {
    await using _b = make('b');
    yield 'b';
  }
  yield 'c';
}

export default async function main() {
  const log: string[] = [];
  for await (const name of resources(log)) log.push(name);
  {
    await using it = resources(log);
    log.push(String((await it.next()).value), String((await it.next()).value));
  }
  return log;
}
