export default async function main(): Promise<unknown> {
  const depth = 'outer';
  class Outer {
    #secret = 41;
    static Inner = class Inner {
      text = depth;
      of(outer: Outer) {
        return `${this.text}:${outer.reveal()}`;
      }
    };
    reveal() {
      return this.#secret;
    }
    makeReader() {
      const outer = this;
      return class Reader {
        read() {
          return outer.#secret++;
        }
        static peek(other: Outer) {
          return other.#secret;
        }
      };
    }
  }
  const outer = new Outer();
  const inner = new Outer.Inner();
  const Reader = outer.makeReader();
  const reader = new Reader();
  await null;
  const log = [inner.of(outer), reader.read(), Reader.peek(outer)];
  await null;
  log.push(reader.read(), Reader.peek(new Outer()), reader instanceof Reader, new (outer.makeReader())() instanceof Reader);
  return log;
}
