export default async function main() {
  const log: number[] = [];
  const deep = (n: number): Promise<void> => Promise.resolve().then(() => { log.push(n); if (n > 0) return deep(n - 1); });
  const pending = deep(5);
  for (let i = 100; i < 110; i++) { await null; log.push(i); }
  await pending;
  return log;
}
