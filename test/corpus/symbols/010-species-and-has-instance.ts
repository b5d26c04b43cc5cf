/** Classes that decide what they make and what is an instance of them, asked before and after suspensions. */
class List extends Array<number> {
  static override get [Symbol.species]() {
    return Array;
  }
  get sum() {
    return this.reduce((a, b) => a + b, 0);
  }
}
class Even {
  static [Symbol.hasInstance](value: unknown) {
    return typeof value === 'number' && value % 2 === 0;
  }
}
class Temperature {
  constructor(readonly degrees: number) {}
  [Symbol.toPrimitive](hint: string) {
    return hint === 'string' ? `${this.degrees} C` : hint === 'number' ? this.degrees : `default ${this.degrees}`;
  }
  get [Symbol.toStringTag]() {
    return 'Temperature';
  }
}
export default async function main() {
  const list = List.from([1, 2, 3]) as List;
  await null;
  const mapped = list.map((n) => n * 2);
  await null;
  const warm = new Temperature(21);
  await null;
  return {
    list: [list instanceof List, list.sum, list.length],
    mapped: [mapped instanceof List, Array.isArray(mapped), mapped],
    even: [1, 2, '2', 4].map((value) => (value as unknown) instanceof (Even as never)),
    warm: [`${warm as unknown as string}`, +(warm as unknown as number), (warm as unknown as string) + '', Object.prototype.toString.call(warm)],
    spread: [0].concat(list, [9]),
  };
}
