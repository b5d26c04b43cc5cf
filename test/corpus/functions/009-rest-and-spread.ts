async function collect(first: string, ...rest: string[]) {
  await null;
  rest.push('pushed');
  return [first, ...rest].join('-') + rest.length;
}
export default async function main() {
  const arrow = async (...all: number[]) => (await all.length) + Math.max(...all);
  return [await collect('a'), await collect('a', 'b', 'c'), await arrow(1, 2, 3), collect.length, arrow.length];
}
