async function depth(n: number): Promise<number> {
  if (n === 0) {
    await null;
    return 0;
  }
  return 1 + (await depth(n - 1));
}
export default async function main() {
  return [await depth(400)];
}
