const calls: string[] = [];
function logged<T extends new (...args: any[]) => any>(Class: T): T {
  return class extends Class {
    constructor(...args: any[]) {
      super(...args);
      calls.push(`new ${Class.name}`);
    }
  };
}
const Service = logged(
  class Service {
    constructor(readonly name: string) {}
    async call() {
      await null;
      return `${this.name} called`;
    }
  },
);

export default async function main(): Promise<unknown> {
  const one = new Service('one');
  await null;
  const two = new Service('two');
  const answers = [await one.call(), await two.call()];
  return [answers, calls, one instanceof Service, Object.getPrototypeOf(Service).name];
}
