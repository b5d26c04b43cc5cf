/** A stack of clean-ups that run in reverse order, also those after one that fails; the first error wins, others are told. */
async function withCleanups<T>(body: (later: (name: string, action: () => unknown) => void) => Promise<T>, log: string[]): Promise<T> {
  const stack: [string, () => unknown][] = [];
  let failed: { error: unknown } | undefined;
  let value: T | undefined;
  try {
    value = await body((name, action) => void stack.push([name, action]));
  } catch (error) {
    failed = { error };
  } finally {
    for (let entry; (entry = stack.pop()); ) {
      const [name, action] = entry;
      try {
        await action();
        log.push(`cleaned ${name}`);
      } catch (error) {
        log.push(`${name} failed: ${(error as Error).message}`);
        failed ??= { error };
        continue;
      } finally {
        log.push(`left ${stack.length}`);
      }
    }
  }
  if (failed) throw failed.error;
  return value as T;
}
export default async function main() {
  const log: string[] = [];
  const results: unknown[] = [];
  for (const bad of ['none', 'second', 'body'])
    results.push(
      await withCleanups(async (later) => {
        later('first', async () => null);
        await null;
        later('second', async () => {
          await null;
          if (bad !== 'none') throw new Error(`cleanup for ${bad}`);
        });
        if (bad === 'body') throw new RangeError('body failed');
        later('third', () => log.push('sync'));
        return bad;
      }, log).catch(String),
    );
  return { results, log };
}
