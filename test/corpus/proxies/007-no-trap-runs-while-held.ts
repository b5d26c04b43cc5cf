export default async function main() {
  const traps: string[] = [];
  const handler: any = {};
  for (const name of Object.getOwnPropertyNames(Reflect))
    handler[name] = (...args: unknown[]) => (traps.push(name), (Reflect as any)[name](...args));
  const proxy = new Proxy({ a: 1 }, handler);
  const callable = new Proxy(() => 1, handler);
  const held = { proxy, list: [proxy], map: new Map([[proxy, callable]]), set: new Set([callable]), inherits: Object.create(proxy) };
  await null;
  await null;
  const quiet = [...traps];
  return { quiet, a: held.proxy.a, same: held.list[0] === held.proxy, call: held.map.get(held.proxy)!(), traps };
}
