/** push, shift, splice, reverse and a shorter length between any two steps of one iterator. */
export default async function main() {
  const list = ['a', 'b', 'c', 'd', 'e'];
  const entries = list.entries();
  const seen: unknown[] = [];
  seen.push(entries.next());
  await null;
  list.push('f');
  seen.push(entries.next());
  await null;
  list.shift();
  seen.push(entries.next());
  list.splice(3, 0, 'new', 'newer');
  await null;
  seen.push(entries.next());
  list.reverse();
  await null;
  seen.push(entries.next());
  list.length = 2;
  await null;
  seen.push(entries.next());
  list.push('too', 'late', 'for', 'it', 'all', 'of', 'you');
  await null;
  seen.push(entries.next());
  return seen;
}
