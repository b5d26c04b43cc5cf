/** Exponential pauses whose sum has a limit; the reasons of all tries travel in the final error. */
class RetryError extends AggregateError {
  constructor(readonly tries: number, readonly waited: number, reasons: unknown[]) {
    super(reasons, `gave up after ${tries} tries and ${waited} ms`);
    this.name = 'RetryError';
  }
}
async function retry<T>(budget: number, action: (n: number) => Promise<T>): Promise<{ value: T; waited: number }> {
  const reasons: unknown[] = [];
  let waited = 0;
  for (let n = 1, pause = 1; ; n++, pause *= 2) {
    try {
      return { value: await action(n), waited };
    } catch (reason) {
      reasons.push(reason);
      if (reason instanceof RangeError || waited + pause > budget) throw new RetryError(n, waited, reasons);
    }
    waited += pause;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
export default async function main() {
  const failing = (until: number) => async (n: number) => {
    await null;
    if (n < until) throw new Error(`try ${n}`);
    if (until < 0) throw new RangeError('never');
    return n * 10;
  };
  const outcome = async (budget: number, until: number) => {
    try {
      return await retry(budget, failing(until));
    } catch (error) {
      const { name, message, errors, tries, waited } = error as RetryError;
      return { name, message, tries, waited, errors: errors.map(String), is: error instanceof AggregateError };
    }
  };
  return [await outcome(100, 1), await outcome(100, 4), await outcome(6, 9), await outcome(100, -1)];
}
