const steps: (() => number)[] = [];
{
  let value = 1;
  steps.push(() => value++);
  {
    let value = 100;
    steps.push(() => value++);
    try {
      let value = 1000;
      steps.push(() => value++);
      throw new Error('on the way');
    } catch {
      let value = 10_000;
      steps.push(() => value++);
    }
  }
}

export default async function main(): Promise<unknown> {
  for (const step of steps) step();
  await null;
  const second = steps.map((step) => step());
  await null;
  return [second, steps.map((step) => step())];
}
