class Base extends Promise<number> {
  static made = 0;
  constructor(executor: never) {
    super(executor);
    Base.made += 1;
  }
}
class Quiet extends Base {
  static override get [Symbol.species]() {
    return Promise;
  }
}
export default async function main() {
  const log: unknown[] = [];
  const base = Base.resolve(1);
  const chained = base.then((n) => n + 1).catch(() => 0).finally(() => log.push('finally'));
  log.push(chained instanceof Base, await chained, Base.made);
  const quiet = Quiet.resolve(2);
  log.push(quiet instanceof Quiet, quiet.then(() => 1) instanceof Base, await quiet, Base.made);
  const both = Base.all([Base.resolve(3), Quiet.resolve(4)]);
  log.push(both instanceof Base, await both, Base.made);
  return log;
}
