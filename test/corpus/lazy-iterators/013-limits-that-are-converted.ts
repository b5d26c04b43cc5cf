/** take and drop with strings, fractions, null, objects and infinity. */
export default async function main() {
  const limits: unknown[] = [0, 1, 2.9, '2', null, true, [], [1], Infinity, -0, { valueOf: () => 3 }];
  const out: unknown[] = [];
  for (const limit of limits) {
    const taken = ['a', 'b', 'c', 'd'].values().take(limit as number);
    const dropped = ['a', 'b', 'c', 'd'].values().drop(limit as number);
    const first = [taken.next().value, dropped.next().value];
    await null;
    out.push([first, taken.toArray(), dropped.toArray()]);
  }
  return out;
}
