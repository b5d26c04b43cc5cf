export default async function main() {
  const log: string[] = [];
  const wait = async (ticks: number) => { for (let i = 0; i < ticks; i++) await null; };
  const retry = async <T,>(f: (attempt: number) => Promise<T>, { times, backoff }: { times: number; backoff: number }): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await f(attempt);
      } catch (error: any) {
        log.push(`attempt ${attempt}: ${error.message}`);
        if (attempt === times) throw new Error('gave up', { cause: error });
        await wait(backoff * 2 ** attempt);
      }
    }
  };
  const flaky = (until: number) => async (n: number) => { await null; if (n < until) throw new Error(`no ${n}`); return `yes ${n}`; };
  const good = await retry(flaky(3), { times: 5, backoff: 1 });
  const bad = await retry(flaky(9), { times: 2, backoff: 1 }).catch((e) => [e.message, e.cause.message]);
  return { good, bad, log };
}
