/** `race` is decided by a fulfilment that is itself a promise in waiting: later elements change nothing. */
export default async function main() {
  const gate = Promise.withResolvers<string>();
  const calls: ((value: unknown) => void)[] = [];
  const element = (): Promise<unknown> => {
    const p = Promise.resolve();
    p.then = ((done: (value: unknown) => void) => void calls.push(done)) as never;
    return p;
  };
  const race = Promise.race([element(), element()]);
  calls[0]!(gate.promise);
  await null;
  calls[1]!('second');
  await null;
  let over = false;
  void race.then(() => (over = true));
  await null;
  const before = over;
  gate.resolve('by the gate');
  return { before, value: await race };
}
