/** Resources of generators are disposed when the generator ends, is closed by a loop, or throws. */
const resource = (name: string, log: string[]) => ({ name, [Symbol.dispose]: () => void log.push(`dispose ${name}`) });
function* numbers(log: string[], fail: boolean) {
  using _outer = resource('outer', log);
  for (let n = 1; n <= 3; n++) {
    using each = resource(`n${n}`, log);
    log.push(`yield ${each.name}`);
    yield n;
    if (fail && n === 2) throw new Error('halfway');
  }
}
async function* doubled(log: string[], source: Iterable<number>) {
  await using _stack = { [Symbol.asyncDispose]: async () => void log.push('async dispose') };
  for (const n of source) yield n * 2;
}
export default async function main() {
  const log: string[] = [];
  const seen: number[] = [];
  for await (const n of doubled(log, numbers(log, false))) {
    seen.push(n);
    if (n === 4) break;
  }
  log.push('---');
  try {
    for await (const n of doubled(log, numbers(log, true))) seen.push(n);
  } catch (error) {
    log.push(String(error));
  }
  const open = numbers(log, false);
  open.next();
  await null;
  log.push('closing', JSON.stringify(open.return()));
  return { seen, log };
}
