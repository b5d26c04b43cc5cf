type Step = { name: string; run(): Promise<void>; undo(): Promise<void> };
class SagaFailed extends Error {
  constructor(readonly at: string, readonly undone: string[], cause: unknown) {
    super(`saga failed at ${at}`, { cause });
    this.name = 'SagaFailed';
  }
}
async function saga(steps: Step[]) {
  const done: Step[] = [];
  for (const step of steps) {
    try {
      await step.run();
      done.push(step);
    } catch (error) {
      const undone: string[] = [];
      for (const past of done.reverse()) {
        try {
          await past.undo();
          undone.push(past.name);
        } catch {
          undone.push(`${past.name} (could not undo)`);
        }
      }
      throw new SagaFailed(step.name, undone, error);
    }
  }
  return done.map((s) => s.name);
}
export default async function main() {
  const log: string[] = [];
  let stock = 5;
  const step = (name: string, run: () => void, undo: () => void): Step => ({
    name,
    async run() { log.push(`run ${name}`); await null; run(); },
    async undo() { await null; undo(); log.push(`undo ${name}`); },
  });
  const build = (quantity: number, card: string) => [
    step('reserve', () => { if (stock < quantity) throw new Error('no stock'); stock -= quantity; }, () => { stock += quantity; }),
    step('charge', () => { if (card === 'bad') throw new Error('declined'); }, () => { if (card === 'stuck') throw new Error('refund failed'); }),
    step('ship', () => { if (card === 'stuck') throw new Error('no courier'); }, () => {}),
  ];
  const results: unknown[] = [];
  for (const [quantity, card] of [[2, 'good'], [1, 'bad'], [9, 'good'], [1, 'stuck']] as const) {
    try {
      results.push(await saga(build(quantity, card)));
    } catch (error: any) {
      results.push([error.message, error.undone, error.cause.message]);
    }
  }
  return { results, stock, log };
}
