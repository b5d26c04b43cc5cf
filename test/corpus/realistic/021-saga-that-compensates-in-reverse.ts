interface Step<S> {
  readonly name: string;
  run(state: S): Promise<void>;
  undo?(state: S): Promise<void> | void;
}
class SagaError extends Error {
  override name = 'SagaError';
  constructor(
    step: string,
    cause: unknown,
    readonly failedUndo: readonly string[],
  ) {
    super(`saga failed at ${step}`, { cause });
  }
}
async function runSaga<S>(state: S, steps: readonly Step<S>[], log: string[]): Promise<S> {
  const done: Step<S>[] = [];
  for (const step of steps) {
    try {
      await step.run(state);
      log.push(`done ${step.name}`);
      done.push(step);
    } catch (cause) {
      const failed: string[] = [];
      for (const finished of done.toReversed()) {
        try {
          await finished.undo?.(state);
          log.push(finished.undo ? `undone ${finished.name}` : `kept ${finished.name}`);
        } catch (error) {
          failed.push(`${finished.name}: ${(error as Error).message}`);
        }
      }
      throw new SagaError(step.name, cause, failed);
    }
  }
  return state;
}
type Booking = { seats: number; paid: number; mails: string[]; fail?: string };
const flow: Step<Booking>[] = [
  {
    name: 'seats',
    async run(booking) {
      await null;
      booking.seats += 2;
    },
    undo(booking) {
      booking.seats -= 2;
    },
  },
  {
    name: 'payment',
    async run(booking) {
      booking.paid = await Promise.resolve(booking.seats * 30);
      if (booking.fail === 'payment') throw new RangeError('card declined');
    },
    async undo(booking) {
      await null;
      booking.paid = 0;
      if (booking.fail === 'mail twice') throw new Error('refund is closed');
    },
  },
  { name: 'audit', run: async (booking) => void booking.mails.push('audited') },
  {
    name: 'mail',
    run: async (booking) => {
      booking.mails.push(await `${booking.seats} seats`);
      if (booking.fail?.startsWith('mail')) throw new TypeError('no address');
    },
  },
];
export default async function run() {
  const results: unknown[] = [];
  for (const fail of [undefined, 'payment', 'mail', 'mail twice']) {
    const log: string[] = [];
    const booking: Booking = { seats: 0, paid: 0, mails: [], ...(fail && { fail }) };
    try {
      results.push([await runSaga(booking, flow, log), log]);
    } catch (error) {
      const { message, cause, failedUndo } = error as SagaError;
      results.push([message, `${cause}`, failedUndo, booking, log]);
    }
  }
  return results;
}
