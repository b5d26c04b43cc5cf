interface Shape { area(): Promise<number> }
abstract class Named implements Shape {
  abstract readonly kind: string;
  abstract area(): Promise<number>;
  declare label: string;
  async describe() { return `${this.kind} ${await this.area()}`; }
}
class Square extends Named {
  override readonly kind = 'square';
  constructor(private readonly side: number) { super(); }
  override async area() { await null; return this.side ** 2; }
}
export default async function main() {
  const shapes: Shape[] = [new Square(2), new Square(3)];
  const areas: number[] = [];
  for (const shape of shapes) areas.push(await shape.area());
  return [areas, await new Square(4).describe(), 'label' in new Square(1)];
}
