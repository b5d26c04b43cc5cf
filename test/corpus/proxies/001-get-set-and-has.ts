export default async function main() {
  const log: string[] = [];
  const target: any = { a: 1 };
  const proxy = new Proxy(target, {
    get: (object, key) => (log.push(`get ${String(key)}`), key in object ? object[key] : 'none'),
    set(object, key, value) {
      log.push(`set ${String(key)}`);
      object[key] = value * 2;
      return true;
    },
    has: (object, key) => (log.push(`has ${String(key)}`), key in object),
  });
  await null;
  const first = [proxy.a, proxy.b];
  proxy.c = 5;
  await null;
  return { first, c: target.c, has: ['c' in proxy, 'd' in proxy], log };
}
