class Failing {
  constructor(private log: unknown[], private name: string) {}
  [Symbol.dispose]() {
    this.log.push(`close ${this.name}`);
    throw new Error(this.name);
  }
}
export default async function main() {
  const log: unknown[] = [];
  try {
    using a = new Failing(log, 'a');
    using b = new Failing(log, 'b');
    await null;
    throw new Error('body');
  } catch (error: any) {
    log.push(error.constructor.name, error.error.message, error.suppressed.error.message, error.suppressed.suppressed.message);
  }
  try {
    using a = new Failing(log, 'only');
    await null;
  } catch (error: any) {
    log.push(error.constructor.name, error.message);
  }
  return log;
}
