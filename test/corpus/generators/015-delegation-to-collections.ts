function* everything() {
  yield* [1, 2];
  yield* 'añ😀';
  yield* new Set(['s', 't']);
  yield* new Map([['k', 'v']]);
  yield* Uint8Array.of(7, 8);
  yield* [10, 20, 30].entries();
  const result: unknown = yield* [];
  yield result;
}

export default async function main() {
  const seen: unknown[] = [];
  for (const value of everything()) {
    await null;
    seen.push(value);
  }
  return seen;
}
