function Legacy(this: any, log: unknown[]) {
  const check = () => new.target;
  log.push(new.target === undefined ? 'called' : `new ${new.target.name}`, check() === new.target);
}
class Base {
  seen: string;
  ready: Promise<string>;
  constructor() {
    this.seen = new.target.name;
    this.ready = (async () => {
      await null;
      return `async sees ${new.target.name}`;
    })();
  }
}
class Derived extends Base {}
async function f() {
  const before = new.target;
  await null;
  return [before, new.target];
}
export default async function main() {
  const log: unknown[] = [];
  (Legacy as any).call({}, log);
  await null;
  new (Legacy as any)(log);
  const d = new Derived();
  log.push(d.seen, await d.ready, await new Base().ready, await f());
  return log;
}
