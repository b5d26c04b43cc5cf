class Scheduler {
  #queue: { priority: number; seq: number; run: () => Promise<void> }[] = [];
  #seq = 0;
  #running = 0;
  #idle: (() => void)[] = [];
  constructor(readonly concurrency: number) {}
  submit<T>(priority: number, job: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ priority, seq: this.#seq++, run: async () => { try { resolve(await job()); } catch (e) { reject(e); } } });
      this.#queue.sort((a, b) => b.priority - a.priority || a.seq - b.seq);
      void this.#pump();
    });
  }
  async #pump() {
    await null;
    while (this.#running < this.concurrency && this.#queue.length > 0) {
      const { run } = this.#queue.shift()!;
      this.#running++;
      void run().finally(() => {
        this.#running--;
        if (this.#queue.length > 0) void this.#pump();
        else if (this.#running === 0) for (const f of this.#idle.splice(0)) f();
      });
    }
  }
  idle() { return new Promise<void>((resolve) => this.#idle.push(resolve)); }
}
export default async function main() {
  const scheduler = new Scheduler(2);
  const log: string[] = [];
  const job = (name: string, ticks: number, fails = false) => async () => {
    log.push(`start ${name}`);
    for (let i = 0; i < ticks; i++) await null;
    log.push(`end ${name}`);
    if (fails) throw new Error(`${name} failed`);
    return name;
  };
  const results = Promise.allSettled([scheduler.submit(1, job('low', 3)), scheduler.submit(5, job('high', 5)), scheduler.submit(5, job('high2', 1, true)), scheduler.submit(3, job('mid', 2))]);
  await scheduler.idle();
  return { results: (await results).map((r) => (r.status === 'fulfilled' ? r.value : r.reason.message)), log };
}
