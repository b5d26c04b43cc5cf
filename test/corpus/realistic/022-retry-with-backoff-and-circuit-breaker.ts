type State = 'closed' | 'open' | 'half-open';
class Breaker {
  state: State = 'closed';
  #failures = 0;
  #opened = 0;
  readonly #limit: number;
  readonly #clock: { now: number };
  readonly transitions: string[] = [];
  constructor(limit: number, clock: { now: number }) {
    this.#limit = limit;
    this.#clock = clock;
  }
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.state === 'open') {
      if (this.#clock.now - this.#opened < 100) throw new Error('circuit open');
      this.#turn('half-open');
    }
    try {
      const value = await work();
      this.#failures = 0;
      if (this.state !== 'closed') this.#turn('closed');
      return value;
    } catch (error) {
      if (++this.#failures >= this.#limit || this.state === 'half-open') {
        this.#opened = this.#clock.now;
        this.#turn('open');
      }
      throw error;
    }
  }
  #turn(to: State): void {
    this.transitions.push(`${this.#clock.now}: ${this.state} -> ${to}`);
    this.state = to;
  }
}
async function retry<T>(
  work: (attempt: number) => Promise<T>,
  { times, base, clock, when = () => true }: { times: number; base: number; clock: { now: number }; when?: (e: any) => boolean },
): Promise<T> {
  const errors: unknown[] = [];
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      errors.push(error);
      if (attempt === times || !when(error)) throw new AggregateError(errors, `gave up after ${attempt}`);
      clock.now += await Promise.resolve(base * 2 ** (attempt - 1));
    }
  }
}
export default async function run() {
  const clock = { now: 0 };
  const breaker = new Breaker(3, clock);
  let calls = 0;
  const flaky = (failures: number) => async (attempt: number) =>
    breaker.call(async () => {
      calls++;
      await null;
      if (attempt <= failures) throw new RangeError(`attempt ${attempt} failed`);
      return `ok at ${clock.now}`;
    });
  const log: unknown[] = [];
  const note = async (work: Promise<unknown>) => {
    try {
      log.push(await work);
    } catch (error) {
      const { message, errors } = error as AggregateError;
      log.push([message, errors.map((item: Error) => `${item}`)]);
    }
  };
  await note(retry(flaky(2), { times: 4, base: 10, clock }));
  await note(retry(flaky(9), { times: 4, base: 10, clock }));
  await note(retry(flaky(0), { times: 2, base: 500, clock, when: ({ message }) => message !== 'circuit open' }));
  clock.now += 200;
  await note(retry(flaky(0), { times: 1, base: 1, clock }));
  return [log, breaker.transitions, breaker.state, calls, clock.now];
}
