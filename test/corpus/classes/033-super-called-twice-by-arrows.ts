class Base {
  made = 1;
}
class Derived extends Base {
  failures: string[] = [];
  constructor() {
    const call = () => super();
    const before: string[] = [];
    try {
      (() => this.made)();
    } catch (error) {
      before.push((error as Error).name);
    }
    call();
    try {
      call();
    } catch (error) {
      before.push((error as Error).name);
    }
    this.failures.push(...before);
  }
}

export default async function main(): Promise<unknown> {
  const made = new Derived();
  await null;
  return [made.failures, made.made];
}
