let count = 0;
async function increase(by: number) {
  const before = count;
  await null;
  count += by;
  return [before, count];
}
export default async function main() {
  const first = await increase(1);
  const second = await increase(10);
  count++;
  await null;
  return { first, second, count };
}
