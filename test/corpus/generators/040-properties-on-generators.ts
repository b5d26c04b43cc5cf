function* plain(): Generator<number> {
  yield 1;
  yield 2;
}

export default async function main() {
  const it = plain() as Generator<number> & { label: string; note?: object };
  it.label = 'mine';
  it.note = { it };
  it.next();
  await null;
  const own = Object.keys(it);
  delete it.note;
  await null;
  it.next = () => ({ value: 99, done: true });
  await null;
  return [own, it.label, it.next(), Object.keys(it), Object.getPrototypeOf(it) === plain.prototype];
}
