/** First in, first out, in a ring buffer that doubles when full: no allocation per job. It starts small: most instances sleep. */
const FIRST_LENGTH = 8;

export class JobQueue<T extends object> {
  #items: (T | undefined)[] = Array.from({ length: FIRST_LENGTH });
  #mask = FIRST_LENGTH - 1;
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
    const items: (T | undefined)[] = Array.from({ length: length * 2 });
    for (let index = 0; index < length; index++)
      items[index] = this.#items[(this.#head + index) & this.#mask];
    this.#items = items;
    this.#mask = length * 2 - 1;
    this.#head = 0;
    this.#tail = length;
  }
}
