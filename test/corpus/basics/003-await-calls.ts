async function inner(value: number): Promise<number> {
  const doubled = await (value * 2);
  return doubled + 1;
}

async function outer(value: number): Promise<number> {
  const a = await inner(value);
  const b = await inner(a);
  return a * 100 + b;
}

export default async function main() {
  const first = await outer(1);
  const second = await outer(first);
  return [first, second];
}
