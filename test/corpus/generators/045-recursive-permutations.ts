function* permutations<T>(list: readonly T[], n = list.length): Generator<T[]> {
  if (n <= 1) yield [...list];
  else {
    for (let index = 0; index < n; index++) {
      yield* permutations(list, n - 1);
      const copy = list as T[];
      const other = n % 2 ? 0 : index;
      [copy[n - 1], copy[other]] = [copy[other]!, copy[n - 1]!];
    }
  }
}

function* hanoi(n: number, from = 'a', to = 'c', by = 'b'): Generator<string> {
  if (n === 0) return;
  yield* hanoi(n - 1, from, by, to);
  yield `${from}${to}`;
  yield* hanoi(n - 1, by, to, from);
}

export default async function main() {
  const found: string[] = [];
  for (const p of permutations([1, 2, 3, 4])) {
    await null;
    found.push(p.join(''));
  }
  const moves: string[] = [];
  for (const move of hanoi(4)) {
    await null;
    moves.push(move);
  }
  return { count: found.length, distinct: new Set(found).size, found: found.slice(0, 6), moves: moves.join(' ') };
}
