export default async function run() {
  const order = {
    id: 'o1',
    customer: { name: 'Ann', address: { city: 'Bonn', lines: ['Weg 1', '2. OG'] } },
    items: [
      { sku: 'a', qty: 2, price: { net: 10, vat: 0.19 } },
      { sku: 'b', qty: undefined, price: { net: 5 } },
    ],
    get total(): number {
      log.push('total read');
      return 42;
    },
    [Symbol.for('meta')]: { tags: new Set(['x', 'y']) },
  };
  const log: string[] = [];
  const {
    id,
    customer: {
      name: who = await Promise.reject(new Error('not evaluated')),
      phone = await (async () => (log.push('phone asked'), 'none'))(),
      address: { city, lines: [street, ...others], zip: { code = '0000' } = {} },
    },
    [Symbol.for('meta')]: {
      tags: [firstTag, secondTag, thirdTag = `${firstTag}${secondTag}`],
    },
    ...remaining
  } = order as any;
  const totals: [string, number][] = [];
  for (const { sku, qty = 1, price: { net, vat = await 0.07 }, ...extra } of order.items as any[]) {
    await null;
    totals.push([`${sku}${Object.keys(extra)}`, Math.round(qty * net * (1 + vat) * 100)]);
  }
  let a = 1, b = 2, rest: unknown;
  const target: any = { list: [0, 0] };
  [a, b, target.list[await 1], ...target.others] = [b, a, ...[3, 4, 5]];
  ({ a: target[`k${a}`], ['b' + '']: b = await 9, ...rest } = { a, c: 3, d: 4 } as any);
  const swap = ([x, y]: [unknown, unknown], { flip = true } = {}) => (flip ? [y, x] : [x, y]);
  await null;
  return [id, who, phone, city, street, others, code, thirdTag, Object.keys(remaining), remaining.total, log, totals, a, b, target, rest, swap([1, 2]), swap([1, 2], { flip: false })];
}
