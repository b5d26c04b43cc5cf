function* risky(early: boolean): Generator<unknown> {
  const read = () => value;
  if (early) {
    try {
      yield read();
    } catch (error) {
      yield (error as Error).message;
    }
  }
  yield 'before';
  const value: number = 5;
  yield read();
  {
    try {
      yield inner;
    } catch (error) {
      yield (error as Error).name;
    }
    let inner: unknown = yield 'assign';
    yield inner;
  }
}

export default async function main() {
  const seen: unknown[] = [];
  for (const early of [true, false]) {
    for (const value of risky(early)) {
      await null;
      seen.push(value);
    }
  }
  return seen;
}
