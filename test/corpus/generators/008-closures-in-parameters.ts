function* remember(x: number, get = () => x, set = (value: number) => (x = value)) {
  yield [x, get()];
  set(10);
  yield [x, get()];
  var y = x + 1;
  x = y;
  yield [x, get(), y];
}

export default async function main() {
  const it = remember(1);
  await null;
  const results = [it.next().value];
  await null;
  results.push(it.next().value);
  await null;
  results.push(it.next().value, it.next());
  return results;
}
