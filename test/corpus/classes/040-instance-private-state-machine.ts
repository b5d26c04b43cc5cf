type State = 'idle' | 'busy' | 'done';
class Machine {
  static readonly #allowed = new Map<State, State[]>([
    ['idle', ['busy']],
    ['busy', ['idle', 'done']],
    ['done', []],
  ]);
  #state: State = 'idle';
  readonly #listeners = new Set<(from: State, to: State) => void>();
  onChange(listener: (from: State, to: State) => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  get state() {
    return this.#state;
  }
  async to(next: State) {
    if (!Machine.#allowed.get(this.#state)!.includes(next)) throw new Error(`${this.#state} -> ${next}`);
    const before = this.#state;
    await null;
    this.#state = next;
    for (const listener of this.#listeners) listener(before, next);
    return this;
  }
}

export default async function main(): Promise<unknown> {
  const machine = new Machine();
  const seen: string[] = [];
  const off = machine.onChange((from, to) => seen.push(`${from}>${to}`));
  await (await machine.to('busy')).to('idle');
  off();
  await machine.to('busy');
  let failure = '';
  try {
    await (await machine.to('done')).to('idle');
  } catch (error) {
    failure = (error as Error).message;
  }
  return [seen, machine.state, failure];
}
