class Failing {
  constructor(private log: unknown[], private name: string, private fails = true) {}
  async [Symbol.asyncDispose]() {
    await null;
    this.log.push(`close ${this.name}`);
    if (this.fails) throw new Error(this.name);
  }
}
async function run(log: unknown[]) {
  await using a = new Failing(log, 'a');
  await using b = new Failing(log, 'b', false);
  await using c = new Failing(log, 'c');
  return 'lost';
}
export default async function main() {
  const log: unknown[] = [];
  try {
    log.push(await run(log));
  } catch (error: any) {
    log.push(error.constructor.name, error.error.message, error.suppressed.message);
  }
  return log;
}
