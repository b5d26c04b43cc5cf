async function withDeadline<T>(work: (signal: AbortSignal) => Promise<T>, milliseconds: number): Promise<T | string> {
  const signal = AbortSignal.timeout(milliseconds);
  const late = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  try {
    return await Promise.race([work(signal), late]);
  } catch (error: any) {
    return `${error.name} ${signal.aborted}`;
  }
}

export default async function main() {
  const quick = await withDeadline(async () => 'quick', 10_000);
  const slow = await withDeadline((signal) => new Promise((resolve) => signal.addEventListener('abort', () => setTimeout(resolve, 50))), 5);
  return [quick, slow];
}
