const order: string[] = [];
const note = <T>(text: string, value: T): T => {
  order.push(text);
  return value;
};
async function* make(a = note('a', 1), { b = note('b', a + 1) } = {} as { b?: number }, ...rest: number[]) {
  order.push('body');
  yield [a, b, rest];
  a += 10;
  await null;
  yield [a, b, rest];
}
async function* failing(a = note('x', undefined)!.missing as unknown) {
  yield a;
}

export default async function main() {
  const one = make();
  const two = make(5, { b: 6 }, 7, 8);
  order.push('called');
  await null;
  const results = [await one.next(), await two.next(), await one.next(), await two.next()];
  try {
    failing();
    order.push('no throw at the call');
  } catch (error) {
    order.push(`call threw ${(error as Error).name}`);
  }
  return { results, order, lengths: [make.length, failing.length] };
}
