class Even {
  static [Symbol.hasInstance](n: unknown) { return typeof n === 'number' && n % 2 === 0; }
}
class Range {
  constructor(private from: number, private to: number) {}
  [Symbol.iterator]() {
    let n = this.from;
    const to = this.to;
    return { next: () => (n <= to ? { done: false as const, value: n++ } : { done: true as const, value: undefined }) };
  }
}
export default async function main() {
  const log: unknown[] = [(await 4) instanceof (Even as any), 5 instanceof (Even as any)];
  for (const n of new Range(1, 3)) log.push(await n);
  const range = new Range(5, 7);
  await null;
  log.push([...range], Math.max(...new Range(1, await 9)));
  return log;
}
