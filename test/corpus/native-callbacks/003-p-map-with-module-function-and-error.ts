import pMap from 'p-map';
class Refused extends Error {
  readonly at: number;
  constructor(at: number) {
    super(`refused ${at}`);
    this.at = at;
  }
}
async function check(value: number): Promise<number> {
  await null;
  if (value > 2) throw new Refused(value);
  return value;
}
export default async function main() {
  const good = await pMap([1, 2], check);
  try {
    await pMap([1, 2, 3, 4], check, { concurrency: 1 });
    return 'no error';
  } catch (error) {
    return { good, isOurs: error instanceof Refused, at: (error as Refused).at, message: (error as Error).message };
  }
}
