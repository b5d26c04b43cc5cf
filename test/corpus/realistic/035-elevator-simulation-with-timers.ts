type Call = { from: number; to: number; name: string };
class Elevator {
  floor = 0;
  #direction: 1 | -1 = 1;
  readonly #inside: Call[] = [];
  readonly #waiting = new Map<number, Call[]>();
  readonly log: string[] = [];
  call(call: Call): void {
    const list = this.#waiting.get(call.from);
    if (list) list.push(call);
    else this.#waiting.set(call.from, [call]);
  }
  get #targets(): number[] {
    return [...this.#waiting.keys(), ...this.#inside.map(({ to }) => to)];
  }
  async run(): Promise<number> {
    let steps = 0;
    for (let targets = this.#targets; targets.length > 0; targets = this.#targets, steps++) {
      for (let i = this.#inside.length - 1; i >= 0; i--)
        if (this.#inside[i]!.to === this.floor) this.log.push(`${this.floor} out ${this.#inside.splice(i, 1)[0]!.name}`);
      for (const call of this.#waiting.get(this.floor) ?? []) {
        this.#inside.push(call);
        this.log.push(`${this.floor} in ${call.name}`);
      }
      this.#waiting.delete(this.floor);
      const ahead = this.#targets.some((to) => Math.sign(to - this.floor) === this.#direction);
      if (!ahead) this.#direction = -this.#direction as 1 | -1;
      if (this.#targets.length > 0) this.floor += this.#direction;
      await new Promise((done) => setTimeout(done, 1));
    }
    return steps;
  }
}
export default async function run() {
  const elevator = new Elevator();
  elevator.call({ from: 3, to: 0, name: 'Ann' });
  elevator.call({ from: 1, to: 4, name: 'Bob' });
  const late = (async () => {
    while (elevator.floor < 3) await new Promise((done) => setTimeout(done, 0));
    elevator.call({ from: 2, to: 3, name: 'Cid' });
    return elevator.log.length > 0;
  })();
  const steps = await elevator.run();
  const order = elevator.log.map((line) => line.split(' ').slice(1).join(' '));
  return [steps > 4, elevator.floor >= 0, order.filter((text) => text.startsWith('out')).toSorted(), order.indexOf('in Ann') < order.indexOf('out Ann'), await late];
}
