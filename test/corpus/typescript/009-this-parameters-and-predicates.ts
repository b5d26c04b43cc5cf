async function total(this: { items: number[] }, extra = 0): Promise<number> {
  await null;
  return this.items.reduce((a, b) => a + b, extra);
}
const isText = (x: unknown): x is string => typeof x === 'string';
function assertNumber(x: unknown): asserts x is number {
  if (typeof x !== 'number') throw new TypeError('not a number');
}
export default async function main() {
  const log: unknown[] = [await total.call({ items: [1, 2] }), await total.call({ items: [3] }, 10), total.length];
  for (const x of ['s', 1]) {
    if (isText(await x)) log.push('text');
    try {
      assertNumber(await x);
      log.push('number');
    } catch (e: any) {
      log.push(e.message);
    }
  }
  return log;
}
