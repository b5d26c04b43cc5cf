class Counted {
  id: number;
  constructor(log: string[], id: number) {
    log.push(`construct ${id}`);
    this.id = id;
  }
}
class Derived extends Counted {
  extra: string;
  constructor(log: string[], id: number) {
    log.push(`derived before ${id}`);
    super(log, id);
    this.extra = `extra ${id}`;
    log.push(`derived after ${id}`);
  }
}
export default async function main() {
  const log: string[] = [];
  const a = new Counted(log, 1);
  await null;
  const b = new Derived(log, await 2);
  await null;
  await null;
  return { a, b, log };
}
