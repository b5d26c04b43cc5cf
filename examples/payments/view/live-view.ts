/**
 * Owns: a block of lines at the bottom of a terminal, drawn anew for each sample. Invariants:
 *
 * 1. No line is longer than the terminal is wide, so that the cursor knows its way back to the first line.
 * 2. The cursor is visible again after `end`.
 */
import { stripVTControlCharacters } from 'node:util';
import type { Sample } from './sample.ts';
import { clock, count, milliseconds, type Colors, type View } from './view.ts';

export interface LiveViewOptions {
  readonly title: string;
  readonly duration: number;
  readonly colors: Colors;
  /** Columns now. */
  readonly width: () => number;
  readonly write: (text: string) => void;
}

const BARS = ' ▁▂▃▄▅▆▇█';
const EVENTS_SHOWN = 5;
const LABEL_WIDTH = 15;
const VALUE_WIDTH = 12;

export class LiveView implements View {
  readonly #options: LiveViewOptions;
  #events: string[] = [];
  readonly #rates: number[] = [];
  #rateSecond = -1;
  #drawn = 0;
  #elapsed = 0;

  constructor(options: LiveViewOptions) {
    this.#options = options;
    options.write('\x1b[?25l');
  }

  event(text: string): void {
    this.#events = [...this.#events, `${clock(this.#elapsed).padStart(5)}  ${text}`].slice(-EVENTS_SHOWN);
  }

  update(sample: Sample): void {
    this.#elapsed = sample.elapsed;
    const second = Math.floor(sample.elapsed);
    if (second > this.#rateSecond) {
      this.#rateSecond = second;
      this.#rates.push(sample.paymentsPerSecond);
    }
    this.#draw(this.#lines(sample));
  }

  end(): void {
    this.#options.write('\x1b[?25h');
  }

  #lines(sample: Sample): string[] {
    const { colors, title, duration } = this.#options;
    const { bold, dim, green, red, yellow } = colors;
    const row = (label: string, value: string, rest = ''): string =>
      `  ${dim(label.padEnd(LABEL_WIDTH))}${bold(value.padStart(VALUE_WIDTH))}   ${rest}`;
    const overdue = count(sample.overdue).padStart(VALUE_WIDTH);
    const nodes = Array.from(sample.nodes, ([name, state]) =>
      state === 'serving' ? `${green('●')} ${name}` : `${red('✖')} ${red(name)}`,
    );
    return [
      '',
      `  ${bold(title)}   ${clock(Math.min(sample.elapsed, duration))} of ${clock(duration)}`,
      '',
      row('payments/s', count(sample.paymentsPerSecond), green(this.#sparkline())),
      row('latency p50', milliseconds(sample.latency?.p50), dim('p99 ') + milliseconds(sample.latency?.p99)),
      row('in flight', count(sample.inFlight), dim('completed ') + count(sample.completed)),
      `  ${dim('over 2 s'.padEnd(LABEL_WIDTH))}${bold(sample.overdue > 0 ? yellow(overdue) : overdue)}   ${dim('acknowledged, but no final reply yet')}`,
      row('checkpoints/s', count(sample.checkpointsPerSecond), dim('durable on disk')),
      row('kill -9', count(sample.kills), dim('instances recovered ') + count(sample.recovered)),
      '',
      `  ${nodes.join('   ')}`,
      '',
      ...Array.from({ length: EVENTS_SHOWN }, (_, index) => `  ${dim(this.#events[index] ?? '')}`),
    ];
  }

  #sparkline(): string {
    const room = Math.max(0, this.#options.width() - LABEL_WIDTH - VALUE_WIDTH - 7);
    const rates = this.#rates.slice(-room);
    const highest = Math.max(1, ...rates);
    return rates.map((rate) => BARS[Math.round((rate / highest) * (BARS.length - 1))]).join('');
  }

  #draw(lines: readonly string[]): void {
    const width = this.#options.width();
    // A line that does not fit is shown without colours, because cutting could split an escape sequence.
    const fitted = lines.map((line) => {
      const plain = stripVTControlCharacters(line);
      return plain.length < width ? line : plain.slice(0, width - 1);
    });
    const back = this.#drawn > 0 ? `\x1b[${this.#drawn}A` : '';
    this.#options.write(back + fitted.map((line) => `\x1b[2K${line}\n`).join(''));
    this.#drawn = fitted.length;
  }
}
