function* resources(log: string[]): Generator<string> {
  const make = (name: string) => ({ name, [Symbol.dispose]: () => void log.push(`dispose ${name}`) });
  using a = make('a');
  yield a.name;
  {
    using b = make('b');
    yield b.name;
  }
  for (using c of [make('c1'), make('c2')]) yield c.name;
  yield 'end';
}

export default async function main() {
  const log: string[] = [];
  for (const name of resources(log)) {
    await null;
    log.push(name);
  }
  const cut = resources(log);
  cut.next();
  cut.next();
  await null;
  cut.return(undefined);
  {
    using whole = resources(log);
    whole.next();
    await null;
  }
  return log;
}
