class Connection {
  log: string[] = [];
  ready: Promise<this>;
  constructor(readonly name: string) {
    const open = async () => {
      this.log.push(`opening ${name}`);
      await null;
      this.log.push(`open ${this.name}`);
      return this;
    };
    this.ready = open();
    this.log.push('constructed');
  }
}
class Derived extends Connection {
  constructor() {
    const late = async () => {
      await null;
      return this.extra;
    };
    super('derived');
    this.later = late();
  }
  later: Promise<string>;
  extra = 'extra';
}
export default async function main() {
  const c = new Connection('c');
  const same = (await c.ready) === c;
  const d = new Derived();
  const extra = await d.later;
  await d.ready;
  return { same, log: c.log, extra, dlog: d.log };
}
