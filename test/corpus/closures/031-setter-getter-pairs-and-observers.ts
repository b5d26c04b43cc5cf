export default async function main() {
  const observable = <T>(value: T) => {
    const watchers = new Set<(now: T, before: T) => unknown>();
    return {
      get: () => value,
      async set(next: T) { const before = value; value = next; for (const w of watchers) await w(next, before); return watchers.size; },
      watch(f: (now: T, before: T) => unknown) { watchers.add(f); return () => watchers.delete(f); },
    };
  };
  const log: string[] = [];
  const a = observable(1), b = observable('x');
  const stop = a.watch(async (now, before) => { await b.set(`${b.get()}${now}`); log.push(`a ${before}>${now}`); });
  b.watch((now) => log.push(`b ${now}`));
  await a.set(2);
  const stopped = stop();
  await a.set(3);
  return { log, stopped, a: a.get(), b: b.get() };
}
