/** A service that fails is left alone for some calls, then tried with one; the breaker is shared by concurrent callers. */
type State = { name: 'closed'; failures: number } | { name: 'open'; rest: number } | { name: 'half-open' };
class Breaker {
  state: State = { name: 'closed', failures: 0 };
  readonly history: string[] = [];
  #limit: number;
  constructor(limit: number) {
    this.#limit = limit;
  }
  #enter(state: State): void {
    this.history.push(`${this.state.name} -> ${state.name}`);
    this.state = state;
  }
  async call<T>(action: () => Promise<T>): Promise<T> {
    if (this.state.name === 'open') {
      if (--this.state.rest > 0) throw new Error('open');
      this.#enter({ name: 'half-open' });
    }
    try {
      const value = await action();
      if (this.state.name !== 'closed') this.#enter({ name: 'closed', failures: 0 });
      return value;
    } catch (error) {
      const failures = this.state.name === 'closed' ? this.state.failures + 1 : this.#limit;
      if (failures >= this.#limit) this.#enter({ name: 'open', rest: 3 });
      else this.state = { name: 'closed', failures };
      throw error;
    }
  }
}
export default async function main() {
  const breaker = new Breaker(2);
  const health = [true, false, false, true, true, true, false, true];
  let asked = 0;
  const service = async () => {
    await null;
    if (!health[asked++ % health.length]) throw new Error(`down at ${asked}`);
    return `answer ${asked}`;
  };
  const results: string[] = [];
  for (let n = 0; n < 12; n++) results.push(await breaker.call(service).catch((error: Error) => error.message));
  return { results, history: breaker.history, state: breaker.state, asked };
}
