/** Lets one holder at a time in, in the order of asking. */
export class TurnQueue {
  #held = false;
  readonly #waiting: (() => void)[] = [];

  /** @returns what gives the turn to the next; may be called more than once */
  async take(): Promise<() => void> {
    if (this.#held) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#held = true;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#held = false;
      else next();
    };
  }
}
