export default async function main(): Promise<unknown> {
  class Shape {
    area() {
      return 0;
    }
    gone() {
      return 'here';
    }
  }
  const shape: any = new Shape();
  const original = Shape.prototype.area;
  await null;
  Shape.prototype.area = function () {
    return 42 + original.call(this);
  };
  (Shape.prototype as any).color = 'red';
  await null;
  delete (Shape.prototype as any).gone;
  Object.defineProperty(Shape.prototype, 'both', { get: () => 'getter', configurable: true });
  await null;
  (original as any).calls = 7;
  await null;
  return [
    shape.area(),
    shape.color,
    shape.gone,
    shape.both,
    Object.getOwnPropertyNames(Shape.prototype),
    Object.keys(Shape.prototype),
    (original as any).calls,
  ];
}
