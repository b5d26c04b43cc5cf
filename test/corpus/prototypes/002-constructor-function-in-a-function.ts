export default async function main(): Promise<unknown> {
  let made = 0;
  function Counter(this: any, start: number) {
    made++;
    this.value = start;
  }
  Counter.prototype.next = function (this: any) {
    return ++this.value;
  };
  const Make = Counter as any;
  const one = new Make(10);
  await null;
  const log = [one.next(), one instanceof Make, one.constructor === Counter];
  const two = new Make(20);
  await null;
  log.push(two.next(), one.next(), Object.getPrototypeOf(one) === Counter.prototype, made);
  return log;
}
