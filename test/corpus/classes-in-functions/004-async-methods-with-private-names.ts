export default async function main(): Promise<unknown> {
  const log: string[] = [];
  class Queue {
    #items: number[] = [];
    #running = false;
    async #step(by: number) {
      await null;
      this.#items = this.#items.map((item) => item + by);
      await null;
      return this.#items.length;
    }
    async run(...items: number[]) {
      this.#running = true;
      for (const item of items) {
        this.#items.push(item);
        log.push(`length ${await this.#step(item)}`);
      }
      this.#running = false;
      return this.#items;
    }
    get running() {
      return this.#running;
    }
  }
  const queue = new Queue();
  const other = new Queue();
  const [a, b] = await Promise.all([queue.run(1, 2, 3), other.run(10, 20)]);
  return [a, b, queue.running, log];
}
