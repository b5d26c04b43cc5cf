function Point(this: any, x: number) {
  this.x = x;
}
Point.prototype.double = function (this: any) {
  return this.x * 2;
};

export default async function main(): Promise<unknown> {
  const proto = Point.prototype;
  const { double } = Point.prototype;
  const made = Object.create(proto, { x: { value: 4, enumerable: true, writable: true, configurable: true } });
  await null;
  const list = new Map([[proto, 'the prototype']]);
  await null;
  return [
    proto === Point.prototype,
    double === Point.prototype.double,
    made.double(),
    double.call({ x: 9 }),
    made instanceof (Point as any),
    list.get(Point.prototype),
  ];
}
