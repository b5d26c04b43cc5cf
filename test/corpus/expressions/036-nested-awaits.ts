async function later<T>(value: T): Promise<T> {
  return value;
}
export default async function main() {
  const a = await (await (await Promise.resolve(later(later(1)))));
  const b = await later(await later((await later(2)) + (await later(3))));
  const functionOfFunction = await (await later(async (x: number) => async (y: number) => x * (await y)))(6);
  return [a, b, await functionOfFunction(7)];
}
