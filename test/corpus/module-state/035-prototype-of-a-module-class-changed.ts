class Shape {
  area() {
    return 1;
  }
  gone() {
    return 2;
  }
}
class Square extends Shape {
  override area() {
    return super.area() * 2;
  }
}

export default async function main(): Promise<unknown> {
  const square: any = new Square();
  await null;
  const { area } = Shape.prototype;
  Shape.prototype.area = function () {
    return area.call(this) + 10;
  };
  await null;
  delete (Shape.prototype as any).gone;
  Object.defineProperty(Square.prototype, 'name', { get: () => 'square', enumerable: true, configurable: true });
  await null;
  Object.assign(Shape.prototype, { extra: { deep: 1 } });
  await null;
  square.extra.deep++;
  await null;
  return [square.area(), square.gone, square.name, square.extra, Object.getOwnPropertyNames(Shape.prototype)];
}
