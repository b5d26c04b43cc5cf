/** One line for each event and one for the figures now and then: for logs and pipes. */
import type { Sample } from './sample.ts';
import { clock, count, milliseconds, type View } from './view.ts';

const EVERY_SECONDS = 5;

export class PlainView implements View {
  readonly #write: (line: string) => void;
  #elapsed = 0;
  #next = EVERY_SECONDS;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  event(text: string): void {
    this.#write(`${clock(this.#elapsed)}  ${text}`);
  }

  update(sample: Sample): void {
    this.#elapsed = sample.elapsed;
    if (sample.elapsed < this.#next) return;
    this.#next += EVERY_SECONDS;
    const { latency } = sample;
    this.event(
      [
        `${count(sample.paymentsPerSecond)} payments/s`,
        `p50 ${milliseconds(latency?.p50)}`,
        `p99 ${milliseconds(latency?.p99)}`,
        `in flight ${count(sample.inFlight)}`,
        `over 2 s ${count(sample.overdue)}`,
        `${count(sample.checkpointsPerSecond)} checkpoints/s`,
        `kills ${sample.kills}`,
        `recovered ${count(sample.recovered)}`,
      ].join(', '),
    );
  }

  end(): void {}
}
