import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
export default async function main() {
  const order: string[] = [];
  const first = await Promise.race([delay(60, 'slow'), immediate('quick')]);
  order.push(first);
  const [a, b] = await Promise.all([delay(1, 'a'), delay(2, 'b')]);
  order.push(a, b);
  return order;
}
