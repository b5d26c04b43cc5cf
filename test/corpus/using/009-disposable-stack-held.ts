/** A stack filled over suspension points, moved, disposed: order of calls, what it returns, what is refused afterwards. */
export default async function main() {
  const log: string[] = [];
  const stack = new DisposableStack();
  const first = stack.use({ name: 'first', [Symbol.dispose]: () => log.push('first') });
  await null;
  const adopted = stack.adopt({ handle: 7 }, ({ handle }) => log.push(`adopted ${handle}`));
  stack.defer(() => log.push('deferred'));
  await null;
  const nothing = [stack.use(null), stack.use(undefined)];
  const moved = stack.move();
  await null;
  const states = [stack.disposed, moved.disposed, moved instanceof DisposableStack];
  for (const act of [
    () => stack.use(null),
    () => stack.defer(() => {}),
    () => stack.adopt(1, () => {}),
    () => stack.move(),
    () => moved.use(5 as never),
    () => moved.use({} as never),
    () => moved.defer(3 as never),
    () => moved.adopt(1, undefined as never),
    () => DisposableStack.prototype.use.call({} as never, null),
    () => (DisposableStack as unknown as () => void)(),
  ]) {
    try {
      log.push(`fine ${String(act())}`);
    } catch (error) {
      log.push(`${(error as Error).name}: ${(error as Error).message}`);
    }
    await null;
  }
  log.push(String(moved.dispose()), String(stack.dispose()));
  await null;
  moved[Symbol.dispose]();
  return { log, states, nothing, first: first.name, adopted, tag: String(moved), disposed: moved.disposed };
}
