class Channel<T> {
  #items: T[] = [];
  #waiting: ((value: T | undefined) => void)[] = [];
  #closed = false;
  send(item: T): void {
    const next = this.#waiting.shift();
    if (next) next(item);
    else this.#items.push(item);
  }
  close(): void {
    this.#closed = true;
    for (const next of this.#waiting.splice(0)) next(undefined);
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      if (this.#items.length > 0) yield this.#items.shift()!;
      else if (this.#closed) return;
      else {
        const item = await new Promise<T | undefined>((resolve) => this.#waiting.push(resolve));
        if (item === undefined) return;
        yield item;
      }
    }
  }
}

export default async function main() {
  const channel = new Channel<number>();
  const seen: string[] = [];
  const consumer = async (name: string) => {
    for await (const item of channel) {
      seen.push(`${name}${item}`);
      await null;
    }
  };
  const producer = async () => {
    for (let n = 0; n < 6; n++) {
      channel.send(n);
      if (n % 2) await null;
    }
    channel.close();
  };
  await Promise.all([consumer('a'), consumer('b'), producer()]);
  return seen;
}
