const log: unknown[] = [];
let make: () => any;
{
  make = () => new Late(1);
  try {
    make();
  } catch (error) {
    log.push((error as Error).message);
  }
  class Late {
    constructor(readonly value: number) {}
  }
  log.push(make().value);
}

export default async function main(): Promise<unknown> {
  const made = make();
  await null;
  return [log, made.value, made.constructor.name, make() instanceof made.constructor];
}
