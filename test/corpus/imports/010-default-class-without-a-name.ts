import Counter from './_lib/default-class.ts';

export default async function main() {
  const counter = new Counter();
  await null;
  return [await counter.next(), counter, Counter.name, counter instanceof Counter];
}
