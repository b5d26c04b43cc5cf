class Heap<T> {
  readonly #items: T[] = [];
  readonly #before: (a: T, b: T) => boolean;
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }
  get size(): number {
    return this.#items.length;
  }
  push(item: T): this {
    const items = this.#items;
    let at = items.push(item) - 1;
    for (let up = (at - 1) >> 1; at > 0 && this.#before(items[at]!, items[up]!); at = up, up = (at - 1) >> 1)
      [items[at], items[up]] = [items[up]!, items[at]!];
    return this;
  }
  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0) return top;
    items[0] = last!;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < items.length && this.#before(items[child]!, items[least]!)) least = child;
      if (least === at) return top;
      [items[at], items[least]] = [items[least]!, items[at]!];
      at = least;
    }
  }
}
type Task = { name: string; at: number; priority: number; run: (now: number) => Promise<Task | void> | Task | void };
export default async function run() {
  const heap = new Heap<Task>((a, b) => a.at < b.at || (a.at === b.at && a.priority > b.priority));
  const log: string[] = [];
  const every = (name: string, period: number, times: number, priority = 0): Task => ({
    name,
    at: period,
    priority,
    run: async function (this: Task, now) {
      await null;
      log.push(`${now} ${name} left ${--times}`);
      return times > 0 ? { ...this, at: now + period } : undefined;
    },
  });
  heap.push(every('slow', 5, 2)).push(every('fast', 2, 5, 1)).push(every('high', 5, 2, 9));
  heap.push({
    name: 'spawner',
    at: 3,
    priority: 5,
    run(now) {
      for (let n = 0; n < 3; n++) heap.push({ name: `child ${n}`, at: now + n, priority: n, run: () => void log.push(`child ${n} of ${this.name}`) });
    },
  });
  const order: number[] = [];
  for (let task = heap.pop(); task; task = heap.pop()) {
    order.push(task.at);
    const again = await task.run(task.at);
    if (again) heap.push(again);
  }
  return [log, order, heap.size];
}
