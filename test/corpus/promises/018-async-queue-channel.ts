class Channel<T> {
  private items: T[] = [];
  private takers: ((item: IteratorResult<T, undefined>) => void)[] = [];
  private closed = false;
  send(item: T) {
    const taker = this.takers.shift();
    if (taker) taker({ value: item, done: false });
    else this.items.push(item);
  }
  take(): Promise<IteratorResult<T, undefined>> {
    if (this.items.length > 0) return Promise.resolve({ value: this.items.shift()!, done: false });
    if (this.closed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => this.takers.push(resolve));
  }
  close() {
    this.closed = true;
    for (const taker of this.takers.splice(0)) taker({ value: undefined, done: true });
  }
}
export default async function main() {
  const channel = new Channel<string>();
  const log: string[] = [];
  const producer = async (name: string, n: number) => {
    for (let i = 0; i < n; i++) {
      channel.send(`${name}${i}`);
      await null;
    }
  };
  const consumer = async (name: string) => {
    let count = 0;
    for (let next = await channel.take(); !next.done; next = await channel.take()) {
      log.push(`${name}<${next.value}`);
      count++;
    }
    return count;
  };
  const counts = Promise.all([consumer('x'), consumer('y')]);
  await Promise.all([producer('p', 3), producer('q', 2)]);
  channel.close();
  return { counts: await counts, log };
}
