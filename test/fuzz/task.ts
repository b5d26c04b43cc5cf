/** What the main thread and a worker say to each other. */
import type { Program, Verdict } from './batch.ts';
import type { Mode } from './durable-run.ts';

/** Programs as text, or the seeds of programs to generate. */
export interface Task {
  readonly programs: readonly (Program | number)[];
  /** This run only, after the native one. */
  readonly only?: Mode | 'compile' | undefined;
}

export interface Answer {
  readonly verdicts?: readonly Verdict[];
  /** The machinery failed, not a program. */
  readonly failure?: string;
}

export const STEPS = ['native', 'compile', 'compiled', 'captured', 'crashed'] as const;
