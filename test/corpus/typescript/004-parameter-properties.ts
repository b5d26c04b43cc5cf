class Person {
  greeting: string;
  constructor(public readonly name: string, private age = 1, protected tags: string[] = []) {
    this.tags.push('made');
    this.greeting = `I am ${this.name}`;
  }
  async older(by: number) {
    this.age += await by;
    return this;
  }
}
class Employee extends Person {
  constructor(name: string, public override readonly tags: string[], readonly boss?: Employee) {
    super(name, 30, tags);
  }
}
export default async function main() {
  const boss = new Employee('boss', ['top']);
  const worker = new Employee('worker', [], boss);
  await worker.older(1);
  await null;
  return { boss, worker, same: worker.boss === boss };
}
