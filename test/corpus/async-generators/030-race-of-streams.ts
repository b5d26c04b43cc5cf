async function* numbers(name: string, pauses: number) {
  for (let n = 0; n < 3; n++) {
    for (let p = 0; p < pauses; p++) await null;
    yield `${name}${n}`;
  }
}
async function* merge<T>(...sources: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const pending = new Map(sources.map((it) => [it, it.next().then((step) => ({ it, step }))]));
  while (pending.size > 0) {
    const { it, step } = await Promise.race(pending.values());
    if (step.done) pending.delete(it);
    else {
      pending.set(it, it.next().then((next) => ({ it, step: next })));
      yield step.value;
    }
  }
}

export default async function main() {
  const seen: string[] = [];
  for await (const item of merge(numbers('a', 1), numbers('b', 5), numbers('c', 3))) seen.push(item);
  return seen;
}
