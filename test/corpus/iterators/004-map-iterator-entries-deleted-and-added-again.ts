/** Deleting what was visited, what comes next, adding it again at the end, replacing values in place. */
export default async function main() {
  const map = new Map<string, number>([
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['d', 4],
  ]);
  const entries = map.entries();
  const keys = map.keys();
  const log: unknown[] = [entries.next().value, keys.next().value];
  await null;
  map.delete('a');
  map.set('a', 10);
  await null;
  log.push(entries.next().value);
  map.delete('c');
  map.set('d', 40);
  await null;
  log.push(entries.next().value, keys.next().value);
  map.set('c', 30);
  await null;
  log.push(entries.next().value);
  await null;
  log.push(entries.next().value, [...keys]);
  await null;
  map.set('late', 5);
  log.push(entries.next().value);
  await null;
  log.push(entries.next(), [...map.keys()]);
  map.set('never', 6);
  await null;
  log.push(entries.next());
  return log;
}
