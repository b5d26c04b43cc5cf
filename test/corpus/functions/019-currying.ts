const add = (a: number) => async (b: number) => {
  await null;
  return (c: number) => a + b + c;
};
export default async function main() {
  const add1 = add(1);
  const add12 = await add1(2);
  const add13 = await add1(3);
  await null;
  const curry = (f: any, ...held: any[]): any => (...more: any[]) => (held.length + more.length >= f.length ? f(...held, ...more) : curry(f, ...held, ...more));
  const join = curry(async (a: string, b: string, c: string) => [await a, await b, await c].join(''));
  const ab = join('a')('b');
  await null;
  return [add12(10), add13(10), await ab('c'), await join('x', 'y')('z')];
}
