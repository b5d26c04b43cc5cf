type Peek = [get: () => unknown, bump: () => void];
export default async function run() {
  const kept: Peek[] = [];
  for (let i = 0, step = 1; i < 4; i += step) {
    kept.push([() => `for ${i}/${step}`, () => void (i += 10)]);
    await null;
    if (i === 1) step = 2;
  }
  for (const key in { a: 1, b: 2 }) {
    let own = key;
    kept.push([() => `in ${key}${own}`, () => void (own += '+')]);
    await null;
  }
  for (let item of ['x', 'y']) {
    item += await '!';
    kept.push([() => `of ${item}`, () => void (item = item.toUpperCase())]);
  }
  let n = 0;
  do {
    const at = n;
    let mine = await at;
    kept.push([() => `do ${at} ${mine} ${n}`, () => void (mine--, n++)]);
  } while (++n < 2);
  while (n-- > 1) {
    class Local {
      static made = n;
      static bump = () => ++Local.made;
    }
    await null;
    kept.push([() => `class ${Local.made}`, Local.bump]);
  }
  for (var shared = 0; shared < 2; shared++) kept.push([() => `var ${shared}`, () => void shared++]);
  for (const [a, { b = a } = {} as { b?: number }] of [[1], [2, { b: 5 }]] as [number, { b?: number }?][]) {
    await null;
    kept.push([() => `pattern ${a} ${b}`, () => {}]);
  }
  const first = kept.map(([get]) => get());
  await null;
  for (const [, bump] of kept) {
    bump();
    await null;
  }
  return [first, kept.map(([get]) => get())];
}
