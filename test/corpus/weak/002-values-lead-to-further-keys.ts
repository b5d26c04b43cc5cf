export default async function main() {
  const chain = new WeakMap<object, any>();
  const start = { step: 0 };
  let key: any = start;
  for (let step = 1; step <= 6; step++) {
    const next = { step };
    chain.set(key, { next });
    key = next;
  }
  await null;
  const steps = [];
  for (let at: any = start; at !== undefined; at = chain.get(at)?.next) steps.push(at.step);
  return steps;
}
