export default async function main() {
  const target: any = {};
  for (let bits = 0; bits < 8; bits++) {
    Object.defineProperty(target, `p${bits}`, { value: bits, writable: (bits & 1) !== 0, enumerable: (bits & 2) !== 0, configurable: (bits & 4) !== 0 });
  }
  const list: any = [1, 2, 3];
  Object.defineProperty(list, 1, { value: 'fixed', writable: false, configurable: false });
  const fn: any = (a: number) => a;
  Object.defineProperty(fn, 'name', { value: 'renamed' });
  Object.defineProperty(fn, 'meta', { value: { fn }, enumerable: false });
  await null;
  const results = [];
  for (let bits = 0; bits < 8; bits++) {
    await null;
    results.push([Reflect.set(target, `p${bits}`, 'new'), Reflect.deleteProperty(target, `p${bits}`)]);
  }
  return [results, Reflect.set(list, 1, 'x'), list, fn.name, fn.length, fn.meta.fn === fn, Object.keys(fn)];
}
