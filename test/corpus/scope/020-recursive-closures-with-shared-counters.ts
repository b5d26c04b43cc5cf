/** Functions of one block call each other, later blocks shadow their names, and each activation has its own variables. */
export default async function main() {
  const log: unknown[] = [];
  let calls = 0;
  async function even(n: number): Promise<boolean> {
    const depth = ++calls;
    if (n === 0) return true;
    const result = await odd(n - 1);
    if (depth === 1) log.push(['first activation', depth, calls]);
    return result;
  }
  async function odd(n: number): Promise<boolean> {
    const calls = n;
    if (n === 0) return false;
    const result = await even(n - 1);
    if (calls > 2) log.push(['shadowed', calls]);
    return result;
  }
  log.push(await even(6));
  {
    const even = async (n: number) => {
      await null;
      return `inner ${n}`;
    };
    log.push(await even(1), await odd(1));
  }
  const make = (n: number): (() => Promise<number>)[] => {
    if (n === 0) return [];
    let own = n * 10;
    return [async () => (await null, own++), ...make(n - 1)];
  };
  const [three, two] = make(3);
  log.push(await three!(), await three!(), await two!(), calls);
  return log;
}
