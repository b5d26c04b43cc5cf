class Semaphore {
  #free: number;
  #waiting: { resolve(): void }[] = [];
  constructor(n: number) { this.#free = n; }
  async use<T>(f: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push({ resolve });
      await promise;
    }
    try {
      return await f();
    } finally {
      const next = this.#waiting.shift();
      if (next) next.resolve();
      else this.#free++;
    }
  }
}
export default async function main() {
  const semaphore = new Semaphore(2);
  const log: string[] = [];
  let running = 0, peak = 0;
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => semaphore.use(async () => {
    running++;
    peak = Math.max(peak, running);
    log.push(`start ${n}`);
    for (let i = 0; i < n; i++) await null;
    running--;
    if (n === 3) throw new Error('three');
    return n * 10;
  })));
  return { results, peak, log };
}
