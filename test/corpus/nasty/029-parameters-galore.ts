async function many(a: any, [b, c = a]: any = [1], { d, ...e }: any = {}, f = () => [a, b, c, d], ...[g, { h = f() } = {} as any]: any[]) {
  a = 'a2';
  await null;
  d = 'd2';
  const inner = async (b = a, c = b) => [a, b, await c];
  return { a, b, c, d, e, f: f(), g, h, inner: await inner(), count: arguments.length };
}
export default async function main() {
  return [await many(0), await (many as any)(0, ['b'], { d: 'd', x: 'x' }, undefined, 'g', { h: 'h' }), await (many as any)(0, [undefined, null], undefined, () => 'given', 'g'), many.length];
}
