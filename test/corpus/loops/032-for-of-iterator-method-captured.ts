class Bag {
  items = ['x', 'y', 'z'];
  [Symbol.iterator]() {
    return this.items[Symbol.iterator]();
  }
}
class Step {
  i = 0;
  next = () => (this.i < 3 ? { done: false, value: this.i++ } : { done: true, value: undefined });
  [Symbol.iterator] = () => this;
}
export default async function main() {
  const log: unknown[] = [];
  for (const item of new Bag()) log.push(await item);
  const step: any = new Step();
  for (const n of step) {
    log.push(await n);
    if (n === 0) step.next = () => ({ done: false, value: 'replaced next is not used' });
  }
  return log;
}
