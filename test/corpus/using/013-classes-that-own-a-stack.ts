/** A class with stacks in private fields, a subclass of a stack, `await using` of a stack; all over suspension points. */
class Pool extends DisposableStack {
  #opened = 0;
  readonly log: string[] = [];
  open(name: string) {
    this.#opened++;
    this.defer(() => this.log.push(`close ${name}`));
    return this.#opened;
  }
}
class Service {
  #stack = new AsyncDisposableStack();
  constructor(readonly log: string[]) {}
  async start(...names: string[]) {
    for (const name of names) {
      this.#stack.adopt(name, async (given) => {
        await null;
        this.log.push(`stopped ${given}`);
      });
      await null;
    }
    return this;
  }
  [Symbol.asyncDispose]() {
    return this.#stack.disposeAsync();
  }
}
export default async function main() {
  const log: string[] = [];
  const pool = new Pool();
  pool.open('a');
  await null;
  const opened = pool.open('b');
  const moved = pool.move();
  await null;
  const kinds = [pool instanceof Pool, moved instanceof Pool, moved instanceof DisposableStack, pool.disposed];
  {
    await using service = await new Service(log).start('db', 'web');
    log.push(`running ${service.log === log}`);
    await null;
    using held = moved;
    log.push(`held ${held.disposed}`);
    await null;
  }
  await null;
  return { log, pool: pool.log, opened, kinds, disposed: moved.disposed };
}
