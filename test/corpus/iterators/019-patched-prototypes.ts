/** A loop over an array follows the array's own iterator method, and the one of its class. */
class Stepping extends Array<number> {
  override [Symbol.iterator]() {
    let index = -2;
    return {
      next: () => ((index += 2), { value: this[index]!, done: index >= this.length }),
      [Symbol.iterator]() {
        return this;
      },
    } as never;
  }
}
export default async function main() {
  const own: number[] = [1, 2, 3];
  let calls = 0;
  own[Symbol.iterator] = function () {
    calls++;
    return [10, 20].values();
  };
  const seen: unknown[] = [];
  for (const value of own) {
    seen.push(value);
    await null;
  }
  for (const value of Stepping.from({ length: 5 }, (_each, index) => index) as Stepping) {
    await null;
    seen.push(value);
  }
  const [first, ...rest] = own;
  await null;
  return { seen, first, rest, calls };
}
