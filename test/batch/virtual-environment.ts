/** Time that moves only when a test, or an artifact of it, says so. */
import type { BatchEnvironment } from '../../src/batch/engine/batch-environment.ts';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

export class VirtualEnvironment implements BatchEnvironment {
  readonly owner: string;
  #now = 0;
  #timers: Timer[] = [];
  /** How often the engine has let others run. */
  breaths = 0;

  constructor(owner = 'test') {
    this.owner = owner;
  }

  wallClock = (): number => 1_000_000 + this.#now;
  monotonic = (): number => this.#now;

  after = (ms: number, run: () => void): (() => void) => {
    const timer: Timer = { due: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  breathe = (): Promise<void> => {
    this.breaths++;
    return new Promise((resolve) => void setImmediate(resolve));
  };

  /** Time passes, and nothing runs: the process stands still. */
  stands(ms: number): void {
    this.#now += ms;
  }

  /** Runs what is due by then, in the order of its time. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = until;
  }
}
