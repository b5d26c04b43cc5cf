/** Helpers over generators of the script: saved in the middle, closed through finally. */
export default async function main() {
  const log: string[] = [];
  function* source(name: string) {
    try {
      for (let value = 1; ; value++) {
        const given: unknown = yield value;
        log.push(`${name} got ${String(given)}`);
      }
    } finally {
      log.push(`${name} closed`);
    }
  }
  const chain = source('a')
    .filter((value) => value % 2 === 1)
    .map((value, index) => `${value}@${index}`)
    .take(2);
  const seen: unknown[] = [];
  for (const value of chain) {
    seen.push(value);
    await null;
  }
  const nested = source('outer').flatMap(function* (value) {
    yield* [value, -value];
    log.push(`inner ${value} done`);
  });
  for (let step = 0; step < 3; step++) {
    seen.push(nested.next());
    await null;
  }
  seen.push(nested.return!(), nested.next());
  const unused = source('unused').drop(1);
  await null;
  unused.return!();
  await null;
  return { seen, log, is: source('x') instanceof Iterator, tag: String(source('x')) };
}
