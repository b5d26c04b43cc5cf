/** A transport that loses, repeats and delays what is published through it, as numbers of a seed say. */
import type { Transport } from '../../../src/transport/transport.ts';

export interface Trouble {
  /** From 0 to 1. */
  readonly lost: number;
  readonly repeated: number;
  readonly delayed: number;
}

/** Changed by a test: nothing comes or goes any more. */
export interface Line {
  cut: boolean;
}

const LATE_MS = 40;

export function lossyTransport(
  inner: Transport,
  random: () => number,
  trouble: Trouble,
  line: Line,
): Transport {
  return {
    subscribe: (subject, options, handler) =>
      inner.subscribe(subject, options, (message) => {
        if (!line.cut) handler(message);
      }),
    request: (...given) => inner.request(...given),
    close: () => inner.close(),
    async publish(...given) {
      if (line.cut || random() < trouble.lost) return;
      if (random() < trouble.repeated) await inner.publish(...given);
      if (random() < trouble.delayed)
        setTimeout(() => void inner.publish(...given).catch(() => {}), random() * LATE_MS);
      else await inner.publish(...given);
    },
  };
}
