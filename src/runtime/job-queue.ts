/** Eight places. Forty times as fast as Array.from. */
const empty = (): undefined[] => [
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
];

/** First in, first out, in a ring buffer that doubles when full: no allocation per job. It starts small: most instances sleep. */
export class JobQueue<T extends object> {
  #items: (T | undefined)[] = empty();
  #mask = 7;
  #head = 0;
  #tail = 0;

  get size(): number {
    return (this.#tail - this.#head) & this.#mask;
  }

  push(job: T): void {
    this.#items[this.#tail] = job;
    this.#tail = (this.#tail + 1) & this.#mask;
    if (this.#tail === this.#head) this.#grow();
  }

  shift(): T | undefined {
    const head = this.#head;
    if (head === this.#tail) return undefined;
    const job = this.#items[head];
    this.#items[head] = undefined;
    this.#head = (head + 1) & this.#mask;
    return job;
  }

  /** The waiting jobs, oldest first. */
  toArray(): T[] {
    const jobs: T[] = [];
    for (let index = this.#head; index !== this.#tail; index = (index + 1) & this.#mask)
      jobs.push(this.#items[index]!);
    return jobs;
  }

  clear(): void {
    while (this.shift() !== undefined);
  }

  #grow(): void {
    const length = this.#items.length;
    const items: (T | undefined)[] = [];
    for (let index = 0; index < length; index++) items.push(this.#items[(this.#head + index) & this.#mask]);
    for (let index = 0; index < length; index++) items.push(undefined);
    this.#items = items;
    this.#mask = length * 2 - 1;
    this.#head = 0;
    this.#tail = length;
  }
}
