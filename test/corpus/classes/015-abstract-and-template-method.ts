abstract class Step {
  abstract readonly title: string;
  protected abstract work(input: number): Promise<number>;
  async run(log: string[], input: number) {
    log.push(`start ${this.title}`);
    const output = await this.work(input);
    log.push(`end ${this.title} ${output}`);
    return output;
  }
}
class Double extends Step {
  readonly title = 'double';
  protected async work(input: number) { return (await input) * 2; }
}
class Add extends Step {
  readonly title: string;
  constructor(private by: number) { super(); this.title = `add ${by}`; }
  protected async work(input: number) { await null; return input + this.by; }
}
export default async function main() {
  const log: string[] = [];
  let value = 1;
  for (const step of [new Double(), new Add(5), new Double()]) value = await step.run(log, value);
  return { value, log };
}
