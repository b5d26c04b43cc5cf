// Functions reached through arrays, maps, records, destructuring and callbacks.
type Step = { (n: number): number; runs?: number; label?: string; tags?: string[] };
const double: Step = (n) => n * 2;
const add: Step = function (n) {
  return n + 1;
};
function square(n: number): number {
  return n * n;
}
const half: Step = (n) => n / 2;
const steps: Step[] = [double, add];
const byName = new Map<string, Step>([['square', square], ['half', half]]);
const table = { first: double, nested: { second: square as Step } };

export default async function run() {
  let value = 3;
  for (const step of steps) {
    value = step(value);
    step.runs = (step.runs ?? 0) + 1;
    await null;
  }
  steps.forEach((step, index) => {
    step.label = `step ${index}`;
  });
  await null;
  byName.get('square')!.runs = 10;
  for (const [name, step] of byName) step.tags = [name];
  await null;
  const {
    nested: { second },
  } = table;
  second.runs!++;
  await null;
  table['first' as 'first'].tags = ['shared'];
  const [head, ...tail] = steps;
  await null;
  return [
    value,
    [head!.runs, head!.label, head!.tags],
    tail.map((step) => [step.runs, step.label, step.tags]),
    [(square as Step).runs, (square as Step).tags, square(3)],
    [half.tags, half(8), Object.keys(half)],
  ];
}
