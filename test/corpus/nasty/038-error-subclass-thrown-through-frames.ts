class Retryable extends Error {
  #attempts: number;
  constructor(message: string, attempts: number, options?: ErrorOptions) { super(message, options); this.#attempts = attempts; this.name = new.target.name; }
  get attempts() { return this.#attempts; }
  next(cause: unknown) { return new (this.constructor as typeof Retryable)(`${this.message}+`, this.#attempts + 1, { cause }); }
}
class Fatal extends Retryable {}
async function layer(n: number): Promise<never> {
  try {
    await null;
    if (n === 0) throw new Fatal('deep', 1);
    return await layer(n - 1);
  } catch (e) {
    if (e instanceof Retryable && n % 2) throw e.next(e);
    throw e;
  } finally {
    await null;
  }
}
export default async function main() {
  const e: any = await layer(4).catch((e) => e);
  await null;
  const chain: string[] = [];
  for (let x = e; x; x = x.cause) chain.push(`${x.name} ${x.message} ${x.attempts} ${x instanceof Fatal}`);
  return { chain, e };
}
