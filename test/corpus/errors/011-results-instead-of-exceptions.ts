type Result<T, E = Error> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };
const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
const fail = <E>(error: E): Result<never, E> => ({ ok: false, error });
async function attempt<T>(work: () => T | Promise<T>): Promise<Result<T, unknown>> {
  try {
    return ok(await work());
  } catch (error) {
    return fail(error);
  }
}
class Chain<T, E> {
  readonly #promise: Promise<Result<T, E>>;
  constructor(promise: Promise<Result<T, E>>) {
    this.#promise = promise;
  }
  map<U>(fn: (value: T) => U | Promise<U>): Chain<U, E> {
    return new Chain(this.#promise.then(async (result) => (result.ok ? ok(await fn(result.value)) : result)));
  }
  or<F>(fn: (error: E) => Result<T, F> | Promise<Result<T, F>>): Chain<T, F> {
    return new Chain<T, F>(this.#promise.then((result) => (result.ok ? result : fn(result.error))));
  }
  async match<R>(cases: { ok: (value: T) => R; fail: (error: E) => R }): Promise<R> {
    const result = await this.#promise;
    return result.ok ? cases.ok(result.value) : cases.fail(result.error);
  }
}
class Invalid extends Error {
  static {
    this.prototype.name = 'Invalid';
  }
  readonly path: string;
  constructor(path: string, options?: ErrorOptions) {
    super(`${path} is invalid`, options);
    this.path = path;
  }
}
export default async function run() {
  const parse = (text: string) =>
    new Chain(attempt(() => JSON.parse(text) as { n?: number }))
      .or((error) => fail(new Invalid('json', { cause: (error as Error).name })))
      .map(async ({ n }) => n! * 2)
      .or(async (error) => (error.path === 'json' && text === '' ? ok(await -1) : fail(error)))
      .map((n) => (Number.isNaN(n) ? 'none' : `${n}`));
  const show = { ok: (value: string) => `ok ${value}`, fail: (error: Invalid) => `${error} because of ${error.cause}` };
  const results: unknown[] = [];
  for (const text of ['{"n":4}', '{}', '{', '']) results.push(await parse(text).match(show));
  const chained = new Chain(attempt((): number => { throw 7; })).map((n: number) => n + 1);
  results.push(await chained.match<unknown>({ ok: (n) => n, fail: (error) => [error] }));
  return results;
}
