function* pairs(limit: number): Generator<[number, number]> {
  outer: for (let a = 1; ; a++) {
    let b = 0;
    do {
      b++;
      if (b > a) continue outer;
      if (a + b > limit) break outer;
      switch (a % 3) {
        case 0:
          yield [a, b];
        case 1:
          yield [b, a];
          break;
        default:
          if (b === 2) continue;
          yield [0, a * b];
      }
    } while (b < 3);
  }
}

export default async function main() {
  const seen: unknown[] = [];
  const it = pairs(8);
  for (;;) {
    const step = it.next();
    await null;
    if (step.done) break;
    seen.push(step.value.join());
  }
  return seen;
}
