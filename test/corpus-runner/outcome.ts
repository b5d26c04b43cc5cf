import { describeValue } from './describe-value.ts';

/** How one run of a program ended; `text` is comparable between runs. */
export interface Outcome {
  readonly kind: 'returned' | 'threw';
  readonly value: unknown;
  readonly text: string;
}

/** Waits for a run to end. A rejection is a result like any other. */
export async function outcomeOf(run: () => unknown): Promise<Outcome> {
  try {
    const value = await run();
    return { kind: 'returned', value, text: `returned ${describeValue(value)}` };
  } catch (error) {
    return { kind: 'threw', value: error, text: `threw ${describeValue(error)}` };
  }
}
