interface Input { amount: number; tags: string[] }
export default async function main({ amount, tags }: Input = { amount: 5, tags: ['default'] }, ...rest: unknown[]) {
  tags.push('pushed');
  await null;
  return { amount: await (amount * 2), tags, rest };
}
