/** When the next payment is made. */
export type LoadPattern =
  /** Open loop: payments per second, however many are under way. */
  | { readonly kind: 'rate'; readonly perSecond: number }
  /** Closed loop: so many are under way, each final reply brings the next request. */
  | { readonly kind: 'in-flight'; readonly count: number };

const TICK_MS = 10;

/** What a load asks of the generator. */
export interface PaymentMaker {
  /** @param due when it should be made, ms since the epoch; now if left out */
  request(due?: number): void;
  /** Payments without a final reply. */
  readonly ledger: { readonly open: number };
}

/** Load on a generator until `stop`. */
export interface Load {
  /** To be passed to the generator. */
  readonly onCompleted: () => void;
  stop(): void;
}

/** Starts making payments. `now` in ms, and its origin does not matter for the rate. */
export function startLoad(generator: PaymentMaker, pattern: LoadPattern, now: () => number): Load {
  if (pattern.kind === 'rate') return openLoop(generator, pattern.perSecond, now);
  return closedLoop(generator, pattern.count);
}

function openLoop(generator: PaymentMaker, perSecond: number, now: () => number): Load {
  const interval = 1000 / perSecond;
  let due = now();
  const timer = setInterval(() => {
    // Each payment is due at its own time; that the timer comes late is part of the latency.
    for (const time = now(); due <= time; due += interval) generator.request(Math.round(due));
  }, TICK_MS);
  return { onCompleted: () => {}, stop: () => clearInterval(timer) };
}

function closedLoop(generator: PaymentMaker, count: number): Load {
  let running = true;
  const fill = (): void => {
    while (running && generator.ledger.open < count) generator.request();
  };
  // Not in this turn: the caller does not have the load yet when the first payment is made.
  setImmediate(fill);
  return {
    onCompleted: fill,
    stop: () => {
      running = false;
    },
  };
}
