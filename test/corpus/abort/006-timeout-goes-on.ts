export default async function main() {
  const signal = AbortSignal.timeout(5);
  const order: string[] = [];
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => (order.push('abort'), resolve())));
  await null;
  order.push('waiting');
  await aborted;
  return { order, name: signal.reason.name, message: signal.reason.message, isSignal: signal instanceof AbortSignal };
}
