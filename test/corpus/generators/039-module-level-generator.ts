function* numbering(): Generator<number> {
  let n = 0;
  for (;;) yield ++n;
}
const numbers = numbering();
const table = [...(function* () { yield 'a'; yield 'b'; })()];

async function branch(name: string): Promise<string> {
  await null;
  return `${name}${numbers.next().value as number}`;
}

export default async function main() {
  const first = numbers.next().value as number;
  await null;
  const rest = await Promise.all([branch('x'), branch('y'), branch('z')]);
  return { first, rest, last: numbers.next(), table };
}
