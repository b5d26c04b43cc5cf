export default async function main(): Promise<unknown> {
  const log: string[] = [];
  class Noisy {
    field = (log.push('field'), 1);
    static once = (log.push('static'), 2);
    static {
      log.push('block');
    }
    constructor() {
      log.push('constructor');
    }
  }
  const first = new Noisy();
  await null;
  await null;
  const second = new Noisy();
  await null;
  return [log, first.field, second.field, Noisy.once];
}
