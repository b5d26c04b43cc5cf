/** Each timer makes the next and a microtask; immediates are between; the order is that of the engine. */
export default async function main() {
  const order: string[] = [];
  const nest = (depth: number): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(() => {
        order.push(`timer ${depth}`);
        queueMicrotask(() => order.push(`microtask ${depth}`));
        void Promise.resolve().then(() => order.push(`job ${depth}`));
        if (depth === 0) resolve();
        else void nest(depth - 1).then(resolve);
      }, 1);
    });
  await nest(3);
  order.push('end');
  await null;
  return order;
}
