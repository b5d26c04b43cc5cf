class Base {
  name = 'base';
  async *parts(...extra: string[]): AsyncGenerator<string> {
    yield this.name;
    yield* extra;
  }
}
class Derived extends Base {
  override name = 'derived';
  override async *parts(): AsyncGenerator<string> {
    // oxlint-disable-next-line prefer-rest-params -- what this is about
    yield* super.parts(...(arguments as unknown as string[]));
    const arrow = () => super.parts('arrow');
    yield* arrow();
    yield String(this instanceof Derived);
  }
}

export default async function main() {
  const seen: string[] = [];
  for await (const part of (new Derived().parts as (...rest: string[]) => AsyncGenerator<string>).call(new Derived(), 'x', 'y'))
    seen.push(part);
  return seen;
}
