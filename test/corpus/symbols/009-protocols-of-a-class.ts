class Range {
  static readonly tag = Symbol('Range.tag');
  readonly from: number;
  readonly to: number;
  constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
  }
  static [Symbol.hasInstance](value: any): boolean {
    return typeof value?.from === 'number' && typeof value?.to === 'number';
  }
  *[Symbol.iterator]() {
    for (let n = this.from; n <= this.to; n++) yield n;
  }
  async *[Symbol.asyncIterator]() {
    for (let n = this.to; n >= this.from; n--) yield await n;
  }
  [Symbol.toPrimitive](hint: 'string' | 'number' | 'default'): string | number {
    return hint === 'string' ? `${this.from}..${this.to}` : this.to - this.from + 1;
  }
  get [Symbol.toStringTag](): string {
    return 'Range';
  }
  [Symbol.search](text: string): number {
    return [...text].findIndex((c) => Number(c) >= this.from && Number(c) <= this.to);
  }
  [Symbol.replace](text: string, by: (n: number) => string): string {
    return [...text].map((c) => (Number(c) >= this.from && Number(c) <= this.to ? by(Number(c)) : c)).join('');
  }
  [Symbol.split](text: string, limit = Infinity): string[] {
    const parts = [''];
    for (const c of text) {
      if (Number(c) >= this.from && Number(c) <= this.to) parts.push('');
      else parts[parts.length - 1] += c;
    }
    return parts.slice(0, limit);
  }
}
class Spread extends Array<number> {
  static override get [Symbol.species]() {
    return Array;
  }
  get [Symbol.isConcatSpreadable]() {
    return this.length < 3;
  }
  static get [Symbol.unscopables]() {
    return { map: true };
  }
}
export default async function run() {
  const range = new Range(2, 5);
  const seen: unknown[] = [];
  for (const n of range) {
    seen.push(n);
    await null;
  }
  for await (const n of range) seen.push(-n);
  await null;
  const text = 'a1b2c3d9';
  seen.push(`${range}`, +range, (range as any) + 1, Object.prototype.toString.call(range));
  seen.push(text.search(range as any), text.replace(range as any, (n: any) => `<${n}>`), text.split(range as any), text.split(range as any, 2));
  const like: unknown = { from: 1, to: 2 };
  await null;
  seen.push(like instanceof Range, range instanceof Range, ({} as any) instanceof Range);
  const [short, long] = [Spread.of(1, 2), Spread.of(1, 2, 3)];
  await null;
  seen.push([0].concat(short).length, [0].concat(long).length, short.map((n) => n) instanceof Spread, short instanceof Spread, Object.keys((Spread as any)[Symbol.unscopables]));
  return seen;
}
