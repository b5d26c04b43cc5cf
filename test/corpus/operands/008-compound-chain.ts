export default async function main() {
  let i = 1;
  const list: number[] = [0, 0, 0, 0];
  list[i] = i = await 3;
  list[i] += (i = await 0) + 10;
  list[i++]! += await i;
  list[i]! += await (i += 1);
  return { list, i };
}
