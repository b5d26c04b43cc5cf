/** reduce, toArray, forEach, some, every, find on a chain that was saved half used. */
export default async function main() {
  const numbers = [1, 2, 3, 4, 5, 6];
  const chain = () => numbers.values().map((value) => value * value);
  const results: unknown[] = [];
  const held = [chain(), chain(), chain(), chain(), chain(), chain()] as const;
  for (const iterator of held) iterator.next();
  await null;
  results.push(held[0].reduce((sum, value) => sum + value));
  await null;
  results.push(held[1].reduce((text, value, index) => `${text} ${index}:${value}`, 'start'));
  await null;
  const each: unknown[] = [];
  results.push(held[2].forEach((value, index) => each.push([value, index])));
  results.push(held[3].some((value) => value === 9), held[3].next());
  await null;
  results.push(held[4].every((value) => value < 10), held[4].next());
  results.push(held[5].find((value) => value > 20), held[5].next());
  await null;
  results.push(held[5].toArray(), chain().toArray());
  return { results, each };
}
