/** `?.` before, in and after a call that gives an iterator; the chain ends early where it should, and looks up everything once. */
export default async function main() {
  const log: string[] = [];
  const absent = undefined as Map<string, number> | undefined;
  const map = new Map([
    ['a', 1],
    ['b', 2],
  ]) as Map<string, number> | undefined;
  const values = map?.values();
  const first = values?.next();
  await null;
  const second = values?.next();
  const missing = absent?.values().next().value;
  const holder = {
    get inner() {
      log.push('inner');
      return { list: ['x', 'y'] as string[] | null, empty: null as string[] | null };
    },
  };
  const keys = holder?.inner.list?.keys();
  await null;
  const odd = (holder as { other?: { deep: { values(): unknown } } }).other?.deep.values();
  let thrown: unknown;
  try {
    (holder?.inner.empty as unknown as string[]).values();
  } catch (error) {
    thrown = (error as Error).constructor.name;
  }
  const optionalMethod = map?.entries?.();
  await null;
  const noMethod = (map as unknown as { nothing?: () => { values(): unknown } })?.nothing?.().values();
  const computed = map?.[Symbol.iterator]();
  computed?.next();
  await null;
  const bound = holder.inner.list?.join.bind(['p', 'q']);
  const noBound = (absent as unknown as { f(): void } | undefined)?.f.bind(null);
  await null;
  return {
    first,
    second,
    missing,
    keys: [...keys!],
    odd,
    thrown,
    optionalMethod: [...optionalMethod!],
    noMethod,
    computed: [...computed!],
    bound: bound!('+'),
    noBound,
    log,
  };
}
