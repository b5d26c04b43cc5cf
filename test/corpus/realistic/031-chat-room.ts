/** Members with mailboxes that block when empty; the room closes when the last one leaves. */
class Mailbox<T> {
  readonly #items: T[] = [];
  readonly #takers: ((item: IteratorResult<T, undefined>) => void)[] = [];
  #closed = false;
  put(item: T): boolean {
    if (this.#closed) return false;
    const taker = this.#takers.shift();
    if (taker) taker({ value: item, done: false });
    else this.#items.push(item);
    return true;
  }
  close(): void {
    this.#closed = true;
    for (const taker of this.#takers.splice(0)) taker({ value: undefined, done: true });
  }
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: async () => {
        if (this.#items.length > 0) return { value: this.#items.shift()!, done: false };
        if (this.#closed) return { value: undefined, done: true };
        return new Promise((resolve) => this.#takers.push(resolve));
      },
    };
  }
}
export default async function main() {
  const members = new Map<string, Mailbox<string>>();
  const undelivered: string[] = [];
  const say = (from: string, text: string) => {
    for (const [name, box] of members) if (name !== from && !box.put(`${from}: ${text}`)) undelivered.push(`${name} ${text}`);
  };
  const join = async (name: string, leaveAfter: number) => {
    const box = new Mailbox<string>();
    members.set(name, box);
    const heard: string[] = [];
    for await (const line of box) {
      heard.push(line);
      if (heard.length === 1) say(name, `hi, I heard ${line.length}`);
      if (heard.length === leaveAfter) box.close();
    }
    return [name, ...heard];
  };
  const people = [join('ada', 3), join('bob', 2), join('cid', 4)];
  await null;
  for (const text of ['one', 'two', 'three']) {
    say('host', text);
    await null;
  }
  for (const box of members.values()) box.close();
  return { heard: await Promise.all(people), undelivered: undelivered.length > 0 };
}
