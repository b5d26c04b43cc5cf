function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function slow(steps: number): Promise<string> {
  for (let step = 0; step < steps; step++) await null;
  return `done after ${steps}`;
}

export default async function main() {
  const controller = new AbortController();
  const first = await Promise.race([slow(2), whenAborted(controller.signal)]);
  const race = Promise.race([slow(50), whenAborted(controller.signal)]);
  await null;
  controller.abort(new RangeError('too slow'));
  const second = await race.catch((error: Error) => error.message);
  return [first, second];
}
