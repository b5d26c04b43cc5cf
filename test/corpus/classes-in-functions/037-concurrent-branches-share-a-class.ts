export default async function main(): Promise<unknown> {
  const order: string[] = [];
  class Lock {
    static #queue: (() => void)[] = [];
    static #held = false;
    static async with<T>(name: string, body: () => Promise<T>): Promise<T> {
      if (Lock.#held) await new Promise<void>((resolve) => Lock.#queue.push(resolve));
      Lock.#held = true;
      order.push(`+${name}`);
      try {
        return await body();
      } finally {
        order.push(`-${name}`);
        Lock.#held = false;
        Lock.#queue.shift()?.();
      }
    }
  }
  const results = await Promise.all(
    ['a', 'b', 'c'].map((name, index) =>
      Lock.with(name, async () => {
        for (let step = 0; step <= index; step++) await null;
        return name.repeat(index + 1);
      }),
    ),
  );
  return [results, order];
}
