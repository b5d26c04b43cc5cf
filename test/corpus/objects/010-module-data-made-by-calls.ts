const LIST = ['a', 'b'].map((name) => ({ name, uses: 0 }));
const PARSED = JSON.parse('{"count":0,"inner":{"n":1}}');
const GROUPED: any = Object.groupBy([1, 2, 3], (value) => (value % 2 ? 'odd' : 'even'));
const WORDS = 'x y z'.split(' ');
const CLONE = structuredClone({ steps: [] as number[] });

export default async function main() {
  for (let step = 0; step < 3; step++) {
    LIST[step % 2]!.uses++;
    PARSED.count += step;
    GROUPED.odd.push(step);
    WORDS.push(String(step));
    CLONE.steps.push(step);
    await null;
  }
  return [LIST, PARSED, GROUPED.odd, WORDS, CLONE];
}
