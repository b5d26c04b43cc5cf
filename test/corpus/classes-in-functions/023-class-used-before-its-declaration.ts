export default async function main(): Promise<unknown> {
  const log: unknown[] = [];
  const make = () => new Late('x');
  try {
    make();
  } catch (error) {
    log.push((error as Error).message);
  }
  await null;
  try {
    log.push(typeof Late);
  } catch (error) {
    log.push((error as Error).message);
  }
  class Late {
    constructor(readonly name: string) {}
  }
  await null;
  log.push(make() instanceof Late, make().name);
  {
    const inner = () => Late.name;
    try {
      inner();
    } catch (error) {
      log.push((error as Error).name);
    }
    await null;
    class Late {
      static other = true;
    }
    log.push(inner(), Late.other);
  }
  return log;
}
