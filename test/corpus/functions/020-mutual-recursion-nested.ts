export default async function main() {
  const log: number[] = [];
  async function even(n: number): Promise<boolean> {
    log.push(n);
    return n === 0 ? true : await odd(n - 1);
  }
  async function odd(n: number): Promise<boolean> {
    await null;
    return n === 0 ? false : even(n - 1);
  }
  return [await even(6), await odd(3), await even(3), log];
}
