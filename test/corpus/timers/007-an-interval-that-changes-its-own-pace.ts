/** An interval is replaced by another from inside its function, which is called with the arguments of each. */
export default async function main() {
  const calls: [string, number][] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  let handle: ReturnType<typeof setInterval>;
  const tick = (label: string, step: number) => {
    calls.push([label, step]);
    if (calls.length % 2 === 1) return;
    clearInterval(handle);
    if (label === 'third') resolve('over');
    else handle = setInterval(tick, 1, label === 'first' ? 'second' : 'third', step + 1);
  };
  handle = setInterval(tick, 2, 'first', 1);
  return { end: await promise, calls };
}
