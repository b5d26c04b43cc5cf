export default async function main(): Promise<unknown> {
  function Legacy(this: any, id: number) {
    this.id = id;
  }
  Legacy.prototype = {
    constructor: Legacy,
    describe(this: any) {
      return `legacy ${this.id}`;
    },
  };
  class Modern extends (Legacy as any) {
    #seen = 0;
    describe() {
      this.#seen++;
      return `modern ${super.describe()} ${this.#seen}`;
    }
  }
  const modern: any = new Modern(5);
  modern.describe();
  await null;
  Legacy.prototype.extra = () => 'extra';
  await null;
  return [modern.describe(), modern.extra(), modern instanceof (Legacy as any), modern.constructor === Modern];
}
