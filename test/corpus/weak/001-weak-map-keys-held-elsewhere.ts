export default async function main() {
  const first = { name: 'first' };
  const second = { name: 'second' };
  const notes = new WeakMap<object, string[]>([[first, ['a']]]);
  notes.set(second, ['b']);
  await null;
  notes.get(first)!.push('more');
  await null;
  return [notes.get(first), notes.get(second), notes.has({}), notes.delete(first), notes.has(first), notes];
}
