function Shape(this: any, sides: number) {
  this.sides = sides;
}
Shape.prototype = {
  kind: 'shape',
  describe(this: any) {
    return `${this.kind} with ${this.sides} sides`;
  },
};

export default async function main(): Promise<unknown> {
  const Make = Shape as any;
  const triangle = new Make(3);
  await null;
  const square = new Make(4);
  await null;
  return [
    triangle.describe(),
    square.describe(),
    triangle instanceof Make,
    Object.getPrototypeOf(triangle) === Object.getPrototypeOf(square),
    Object.getPrototypeOf(triangle) === Shape.prototype,
    triangle.constructor === Object,
  ];
}
