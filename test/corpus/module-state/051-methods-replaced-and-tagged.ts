/** Spies and stubs: methods of module-level objects are replaced, called through, and put back. */
const service = {
  rate: 2,
  price(n: number) {
    return n * this.rate;
  },
  label: (n: number) => `#${n}`,
};
function spy<K extends 'price' | 'label'>(key: K) {
  const original: any = service[key];
  const calls: unknown[][] = [];
  const replacement: any = function (this: unknown, ...args: unknown[]) {
    calls.push(args);
    return Reflect.apply(original, this, args);
  };
  replacement.restore = () => {
    service[key] = original;
  };
  service[key] = replacement;
  return calls;
}

export default async function run() {
  const calls = spy('price');
  service.price(3);
  await null;
  const labels = spy('label');
  const results = [service.price(4), service.label(1)];
  await null;
  service.rate = 10;
  results.push(service.price(1));
  (service.price as any).restore();
  await null;
  (service.label as any).restore();
  results.push(service.price(2), service.label(2));
  await null;
  return [results, calls, labels, service.price.name, service.label.name];
}
