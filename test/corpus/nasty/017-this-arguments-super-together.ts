class Base {
  constructor(protected base: string) {}
  async greet(...names: string[]) {
    await null;
    return `${this.base}(${names.join()})`;
  }
}
class Derived extends Base {
  #log: string[] = [];
  constructor() {
    super('derived');
  }
  override async greet(...names: string[]) {
    const self = this;
    const arrow = async (extra: string, ...more: string[]) => {
      const inner = async () => {
        await null;
        this.#log.push(`${arguments.length} ${this === self} ${new.target}`);
        return super.greet(...names, extra, ...more, ...(arguments as any));
      };
      return await inner();
    };
    const object = {
      base: 'object',
      async method() {
        await null;
        return [this.base, arguments.length, self.base];
      },
    };
    return [await arrow('x', 'y'), await object.method(), this.#log] as any;
  }
}
export default async function main() {
  return new Derived().greet('a', 'b');
}
