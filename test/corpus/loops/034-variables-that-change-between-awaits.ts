/** The same variables at one await after the other, with values of other kinds, in calls that run side by side and into each other. */
async function sums(name: string, count: number, log: unknown[]) {
  let sum: unknown = 0;
  let last: unknown;
  for (let i = 0; i < count; i++) {
    const part = await [i, i / 2, `${name}${i}`, { i }, undefined, BigInt(i), [last]][i % 7];
    log.push([name, i, part, sum, last]);
    last = sum;
    sum = i % 3 === 0 ? part : typeof sum === 'number' ? sum + 0.5 : 1;
  }
  return [sum, last];
}

async function depth(n: number, trail: number[]): Promise<number> {
  let before = n;
  let after = -n;
  for (let i = 0; i < 3; i++) {
    before += await i;
    if (n > 0 && i === 1) after += await depth(n - 1, trail);
    [before, after] = [after, before];
    trail.push(before);
  }
  return before - after;
}

async function assigned(a: number, b = a * 2, ...rest: number[]) {
  const seen: unknown[] = [];
  do {
    await null;
    seen.push([a, b, rest.length, arguments.length]);
    [a, b] = [b, a + 1];
    rest.push(b);
    await null;
    seen.push(() => a + b);
  } while (rest.length < 4);
  a = 100;
  return seen.map((one) => (typeof one === 'function' ? (one as () => number)() : one));
}

async function wayOut(kind: string) {
  let step = 0;
  const done: unknown[] = [];
  for (;;) {
    try {
      step += await 1;
      done.push(step);
      if (step >= 3) {
        if (kind === 'throw') throw new RangeError(String(step));
        if (kind === 'return') return done;
        break;
      }
    } catch (error) {
      done.push(await `${(error as Error).name} ${step}`);
      step = await 10;
      if (done.length > 4) return done;
      break;
    } finally {
      done.push(await -step);
      step += await 0.25;
    }
  }
  done.push(step);
  return done;
}

export default async function main() {
  const log: unknown[] = [];
  const results = await Promise.all([sums('a', 9, log), sums('b', 5, log), sums('c', 12, log)]);
  const trail: number[] = [];
  const deep = await Promise.all([depth(3, trail), depth(2, trail)]);
  return {
    log,
    results,
    deep,
    trail,
    assigned: await Promise.all([assigned(1), assigned(2, 7), assigned(3, undefined, 1, 2)]),
    ways: await Promise.all(['break', 'throw', 'return'].map(wayOut)),
  };
}
