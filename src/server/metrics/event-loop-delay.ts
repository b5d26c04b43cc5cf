/** Owns: a timer that measures how late it is. Invariant: it never keeps the process alive. */
import { LatencyHistogram, type LatencySummary } from '../../node/latency-histogram.ts';

const PERIOD_MS = 20;

export class EventLoopDelay {
  readonly #histogram = new LatencyHistogram();
  readonly #timer: NodeJS.Timeout;
  #due = performance.now() + PERIOD_MS;

  constructor() {
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#histogram.record(Math.max(0, now - this.#due));
      this.#due = now + PERIOD_MS;
    }, PERIOD_MS);
    this.#timer.unref();
  }

  summary(): LatencySummary {
    return this.#histogram.summary();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
