class Length {
  constructor(readonly m: number) {}
  toString() { return `${this.m} m`; }
  toJSON() { return { metres: this.m }; }
  valueOf() { return this.m; }
  get [Symbol.toStringTag]() { return 'Length'; }
}
class Temp {
  constructor(readonly c: number) {}
  [Symbol.toPrimitive](hint: string) { return hint === 'number' ? this.c : hint === 'string' ? `${this.c}C` : `default ${this.c}`; }
}
export default async function main() {
  const l = new Length(3), t = new Temp(20);
  await null;
  return [`${l}`, (l as any) + (await 1), JSON.stringify({ l, t }), Object.prototype.toString.call(l), `${t} ${await 'x'}`, +(t as any), (t as any) + '', (l as any) > 2];
}
