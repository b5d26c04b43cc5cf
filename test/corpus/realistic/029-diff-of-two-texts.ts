type Edit = readonly [kind: '=' | '-' | '+', line: string];
async function longestCommon(a: string[], b: string[]): Promise<Uint16Array[]> {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [table[i]!, table[i + 1]!];
    for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!);
    await null;
  }
  return table;
}
async function* diff(a: string[], b: string[]): AsyncGenerator<Edit, number> {
  const table = await longestCommon(a, b);
  let [i, j, changes] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) yield ['=', a[(j++, i++)]!];
    else {
      changes++;
      if (j >= b.length || (i < a.length && table[i + 1]![j]! >= table[i]![j + 1]!)) yield ['-', a[i++]!];
      else yield ['+', b[j++]!];
    }
  }
  return changes;
}
export default async function run() {
  const before = 'alpha beta gamma delta epsilon zeta'.split(' ');
  const after = 'beta gamma GAMMA delta zeta eta alpha'.split(' ');
  const edits: string[] = [];
  const stream = diff(before, after);
  let step = await stream.next();
  for (; !step.done; step = await stream.next()) edits.push(step.value.join(' '));
  const patched: string[] = [];
  for await (const [kind, line] of diff(before, after)) if (kind !== '-') patched.push(line);
  const same = await diff(before, before).next();
  return [edits, step.value, patched.join() === after.join(), same, (await longestCommon(before, after)).map((row) => row.join(' '))];
}
