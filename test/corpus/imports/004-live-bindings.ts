import { count, increase, current } from './_lib/counter.ts';
export default async function main() {
  const log = [count];
  increase();
  log.push(count);
  await null;
  increase(10);
  await null;
  log.push(count, current());
  return log;
}
