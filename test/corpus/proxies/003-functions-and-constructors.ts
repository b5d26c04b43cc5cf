class Point {
  x: number;
  constructor(x: number) {
    this.x = x;
  }
}

export default async function main() {
  const log: unknown[] = [];
  const double = new Proxy((value: number) => value * 2, {
    apply: (fn, receiver, args) => (log.push(args), Reflect.apply(fn, receiver, args) + 1),
  });
  const Traced = new Proxy(Point, {
    construct: (Class, args, newTarget) => (log.push(['new', ...args]), Reflect.construct(Class, [args[0] * 10], newTarget)),
  });
  await null;
  const value = double(4);
  const point = new Traced(3);
  await null;
  return { value, point, is: point instanceof Point, types: [typeof double, typeof Traced], name: double.name, log };
}
