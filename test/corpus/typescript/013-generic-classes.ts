class Result<T, E extends Error = Error> {
  private constructor(readonly value: T | undefined, readonly error: E | undefined) {}
  static ok<T>(value: T) { return new Result<T, never>(value, undefined); }
  static fail<E extends Error>(error: E) { return new Result<never, E>(undefined, error); }
  static async from<T>(f: () => Promise<T>): Promise<Result<T>> {
    try {
      return Result.ok(await f());
    } catch (e) {
      return Result.fail(e as Error);
    }
  }
  async map<U>(f: (t: T) => Promise<U>): Promise<Result<U, E>> {
    return (this.error ? this : Result.ok(await f(this.value!))) as Result<U, E>;
  }
}
export default async function main() {
  const good = await (await Result.from(async () => await 5)).map(async (n) => `${await n}!`);
  const bad = await (await Result.from<number>(async () => { await null; throw new Error('no'); })).map(async (n) => n + 1);
  return { good, bad, is: good instanceof Result };
}
