/** What a timer's function returns or is bound to; an async function as callback goes on by itself. */
export default async function main() {
  const log: unknown[] = [];
  class Counter {
    #count = 0;
    tick = () => log.push(['tick', ++this.#count]);
    bump(by: number) {
      this.#count += by;
      log.push(['bump', this.#count]);
    }
  }
  const counter = new Counter();
  setTimeout(counter.tick, 1);
  setTimeout(counter.bump.bind(counter, 10), 1);
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(async (name: string) => {
    log.push([name, 'begins']);
    await null;
    log.push([name, 'goes on']);
    await new Promise((go) => setTimeout(go, 1));
    log.push([name, 'ends']);
    resolve();
  }, 2, 'callback');
  await promise;
  return log;
}
