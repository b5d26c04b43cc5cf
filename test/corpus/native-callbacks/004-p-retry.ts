import pRetry, { AbortError } from 'p-retry';
export default async function main() {
  const tries: number[] = [];
  const value = await pRetry(
    async (attempt) => {
      tries.push(attempt);
      await null;
      if (attempt < 3) throw new Error(`attempt ${attempt}`);
      return 'done';
    },
    { retries: 5, minTimeout: 1, maxTimeout: 1 },
  );
  const stopped = await pRetry(
    async () => {
      await null;
      throw new AbortError('enough');
    },
    { retries: 5, minTimeout: 1 },
  ).catch((error: unknown) => (error as Error).message);
  return { tries, value, stopped };
}
