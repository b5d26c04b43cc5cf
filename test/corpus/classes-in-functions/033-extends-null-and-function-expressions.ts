export default async function main(): Promise<unknown> {
  const extra = 'extra';
  class Bare extends (null as any) {
    static describe() {
      return Object.getPrototypeOf(Bare.prototype) === null;
    }
  }
  function Old(this: any, name: string) {
    this.name = name;
  }
  Old.prototype.hi = function (this: any) {
    return `hi ${this.name}`;
  };
  class New1 extends (Old as any) {
    both() {
      return `${super.hi()} ${extra}`;
    }
  }
  const made: any = new New1('ann');
  await null;
  return [Bare.describe(), made.both(), made instanceof (Old as any), made.name, Object.getPrototypeOf(New1) === Old];
}
