/** `this.#method(await ...)` on an object that has no such method throws before the arguments are evaluated. */
const log: string[] = [];
const note = (text: string) => {
  log.push(text);
  return text;
};

class Base {
  static async #secret(a: string, b: string) {
    return a + b;
  }
  static async call() {
    return this.#secret(note('first'), await note('second'));
  }
  async #own(a: string) {
    return `own ${a}`;
  }
  static async callIn(holder: { inner?: Base }) {
    return (await holder.inner?.#own(await note('in chain'))) ?? 'nothing';
  }
  static async callOn(object: Base) {
    return object.#own(await note('argument'));
  }
}
class Holder extends Base {
  inner: Base | undefined;
}
class Derived extends Base {}

const outcome = async (run: () => Promise<string>) => {
  try {
    return await run();
  } catch (error) {
    return (error as Error).name;
  }
};

export default async function main() {
  const outcomes = [
    await outcome(() => Base.call()),
    await outcome(() => Derived.call()),
    await outcome(() => Base.callOn(new Derived())),
    await outcome(() => Base.callOn({} as Base)),
    await outcome(() => Base.callIn({ inner: new Base() })),
    await outcome(() => Base.callIn({})),
    await outcome(() => Base.callIn({ inner: {} as Base })),
    await outcome(() => Base.callIn(new Holder())),
  ];
  return [outcomes, log];
}
