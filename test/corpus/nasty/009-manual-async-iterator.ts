class Ticker {
  #n = 0;
  constructor(private log: string[], private limit: number) {}
  [Symbol.asyncIterator]() { return this; }
  async next() {
    await null;
    return this.#n < this.limit ? { done: false, value: this.#n++ } : { done: true, value: undefined };
  }
  async return() {
    this.log.push('closed');
    await null;
    return { done: true, value: undefined };
  }
}
export default async function main() {
  const log: string[] = [];
  const iterator = new Ticker(log, 5)[Symbol.asyncIterator]();
  let step: any;
  try {
    while (!(step = await iterator.next()).done) {
      if (step.value === 3) break;
      log.push(`value ${step.value}`);
    }
  } finally {
    if (!step.done) await iterator.return();
  }
  return log;
}
