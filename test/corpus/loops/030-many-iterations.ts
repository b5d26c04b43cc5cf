async function identity(n: number): Promise<number> {
  return n;
}
export default async function main() {
  let total = 0;
  for (let i = 0; i < 500; i++) total += await identity(i);
  return { total };
}
