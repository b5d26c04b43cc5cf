export default async function main() {
  const controller = new AbortController();
  const done: number[] = [];
  async function work(signal: AbortSignal): Promise<void> {
    for (let step = 0; ; step++) {
      signal.throwIfAborted();
      done.push(step);
      await null;
      if (step === 2) controller.abort();
    }
  }
  try {
    await work(controller.signal);
    return 'not stopped';
  } catch (error: any) {
    return { done, name: error.name, message: error.message, code: error.code, same: error === controller.signal.reason };
  }
}
