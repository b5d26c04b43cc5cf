export default async function main() {
  const log: string[] = [];
  const stop = Promise.withResolvers<never>();
  const work = async (): Promise<string> => {
    for (let step = 0; ; step++) {
      await Promise.race([stop.promise, null]);
      log.push(`step ${step}`);
      if (step === 2) stop.reject(new DOMException('stopped', 'AbortError'));
    }
  };
  try {
    await work();
  } catch (error) {
    log.push((error as Error).name);
  }
  return log;
}
