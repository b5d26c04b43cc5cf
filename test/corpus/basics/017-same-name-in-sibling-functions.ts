async function one(value: number) {
  const result = await value;
  return { one: result };
}
async function two(value: number) {
  const result = await (value + 1);
  return { two: result, from: await one(result) };
}
export default async function main() {
  const result = await two(1);
  const value = await one(5);
  return [result, value];
}
