/** Iterator.from of what is iterable, of what only has next, and of what is an Iterator already. */
export default async function main() {
  const log: string[] = [];
  const bare = {
    count: 0,
    next(...given: unknown[]) {
      log.push(`next ${given.length}`);
      return { value: ++this.count, done: this.count > 3, extra: true };
    },
    return(...given: unknown[]) {
      log.push(`return ${given.length}`);
      return 'anything' as never;
    },
  };
  const wrapped = Iterator.from(bare);
  await null;
  const first = (wrapped as { next(a?: unknown): unknown }).next('given');
  await null;
  const closed = wrapped.return!('ignored');
  await null;
  const chained = wrapped.map((value) => value * 10).toArray();
  const fromSet = Iterator.from(new Set(['s', 't']));
  fromSet.next();
  await null;
  const fromText = Iterator.from('héy').drop(1);
  const live = [1].values();
  await null;
  const noReturn = Iterator.from({ next: () => ({ value: 1, done: false }) });
  await null;
  return {
    first,
    closed,
    chained,
    same: Iterator.from(live) === live && Iterator.from(wrapped) === wrapped,
    rest: [[...fromSet], [...fromText]],
    noReturn: noReturn.return!(),
    is: wrapped instanceof Iterator,
    log,
  };
}
