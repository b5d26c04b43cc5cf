export default async function main(): Promise<unknown> {
  const unit = 'px';
  class Box {
    #w = 2;
    api() {
      const box = this;
      return {
        get width() {
          return `${box.#w}${unit}`;
        },
        set width(text: string) {
          box.#w = parseInt(text, 10);
        },
        grow: async (by: number) => {
          await null;
          this.#w += by;
          return this.#w;
        },
        async shrink(by: number) {
          await null;
          box.#w -= by;
          return box.#w;
        },
        inner: class {
          read = () => box.#w;
        },
      };
    }
  }
  const api = new Box().api();
  await null;
  const log: unknown[] = [api.width, await api.grow(5)];
  api.width = '50px';
  await null;
  const inner = new api.inner();
  log.push(await api.shrink(8), api.width, inner.read());
  await null;
  log.push(inner.read() === 42, inner instanceof api.inner);
  return log;
}
