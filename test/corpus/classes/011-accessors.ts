class Rectangle {
  constructor(private w: number, private h: number) {}
  get area() { return this.w * this.h; }
  set width(value: number) { this.w = value; }
  static get unit() { return new Rectangle(1, 1); }
  async scale(by: number) {
    this.width = this.w * (await by);
    return this.area;
  }
}
export default async function main() {
  const r = new Rectangle(2, 3);
  const a = r.area + (await r.scale(10)) + r.area;
  return { a, unit: Rectangle.unit, own: Object.getOwnPropertyNames(r), writeOnly: (r as any).width };
}
