/** A function that hands out numbers from an iterator in its scope. */
function source(values: Iterable<string>) {
  const iterator = values[Symbol.iterator]();
  let count = 0;
  return () => {
    const { value, done } = iterator.next();
    return done ? `end after ${count}` : `${++count}:${value}`;
  };
}
export default async function main() {
  const text = source('añ😀');
  const set = new Set(['p', 'q']);
  const fromSet = source(set);
  const fromMap = source(new Map([['k', 'v']]).keys());
  const log = [];
  for (let round = 0; round < 5; round++) {
    log.push([text(), fromSet(), fromMap()]);
    await null;
    set.add(`r${round}`);
    if (round === 2) set.delete('r0');
  }
  return log;
}
