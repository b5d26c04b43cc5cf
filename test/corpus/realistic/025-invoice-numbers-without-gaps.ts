/** A lock handed on by promises keeps numbers without gaps although some invoices are refused halfway. */
class Lock {
  #tail: Promise<void> = Promise.resolve();
  async hold<T>(action: () => Promise<T>): Promise<T> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    try {
      return await action();
    } finally {
      resolve();
    }
  }
}
export default async function main() {
  const lock = new Lock();
  let next = 1;
  const issued: { number: string; customer: string }[] = [];
  const issue = (customer: string, amount: number) =>
    lock.hold(async () => {
      const number = `R-${String(next).padStart(4, '0')}`;
      await null;
      if (amount <= 0) throw new RangeError(`${customer}: nothing to pay`);
      for (let turn = 0; turn < customer.length % 3; turn++) await null;
      next++;
      issued.push({ number, customer });
      return number;
    });
  const orders: [string, number][] = [['ada', 10], ['bob', 0], ['cleo', 3], ['dan', -1], ['eve', 8], ['flo', 2]];
  const settled = await Promise.allSettled(orders.map(([customer, amount]) => issue(customer, amount)));
  return { issued, next, settled: settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))) };
}
