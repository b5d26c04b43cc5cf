let [first, { second, ...others }] = [1, { second: 2, third: 3, fourth: 4 }] as [number, any];
const { a, b: [c] } = { a: { n: 1 }, b: [{ m: 1 }] } as any;
export default async function main() {
  [first, second] = [second, first];
  await null;
  others.third += first;
  a.n++;
  await null;
  ({ first, second } = { first: second, second: await 'new' } as any);
  c.m--;
  return { first, second, others, a, c };
}
