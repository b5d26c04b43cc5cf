export default async function main() {
  function* outer(depth: number): Generator<Generator<string>> {
    for (let level = 0; level < depth; level++) {
      yield (function* () {
        for (let n = 0; n <= level; n++) yield `${level}.${n}`;
      })();
    }
  }
  const made: Generator<string>[] = [];
  for (const inner of outer(3)) {
    inner.next();
    await null;
    made.push(inner);
  }
  await null;
  const protos = new Set(made.map((g) => Object.getPrototypeOf(g) as object));
  return [made.map((g) => [...g]), protos.size];
}
