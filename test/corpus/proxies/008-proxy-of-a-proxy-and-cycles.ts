export default async function main() {
  const inner: any = new Proxy({ n: 1 } as any, { get: (object, key) => (key === 'n' ? object.n + 1 : object[key]) });
  const outer: any = new Proxy(inner, { get: (object, key) => (key === 'n' ? object.n * 10 : object[key]) });
  const handler: any = { get: (object: any, key: string) => (key === 'me' ? selfish : object[key]) };
  const target: any = { handler };
  const selfish: any = new Proxy(target, handler);
  target.proxy = selfish;
  inner.outer = outer;
  await null;
  return [outer.n, inner.n, inner.outer === outer, selfish.me === selfish, selfish.proxy === selfish, selfish.handler === handler];
}
