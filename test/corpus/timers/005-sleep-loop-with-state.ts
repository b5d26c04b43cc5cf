export default async function main() {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const log: string[] = [];
  for (let i = 0; i < 3; i++) {
    const before = i;
    await sleep(1);
    log.push(`slept ${before}`);
  }
  const slow = sleep(25).then(() => log.push('slow'));
  const quick = (async () => { await sleep(1); log.push('quick'); })();
  await Promise.all([slow, quick]);
  return log;
}
