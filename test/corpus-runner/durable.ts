import { readFileSync } from 'node:fs';
import { outcomeOf, type Outcome } from './outcome.ts';

export type CaptureMode = 'never' | 'every-suspension';

/** `runSource` of `waymark/testing`. */
type RunSource = (
  source: string,
  options: { filename?: string; capture?: CaptureMode; globals?: Record<string, unknown> },
) => Promise<unknown>;

/** The module is loaded when the first program runs, so that a defect in it fails the programs, each by name. */
const testingModule: string = new URL('../../src/testing/index.ts', import.meta.url).href;

/** Compiles the program in `file`, runs it as an instance and gives its result or its error. */
export function runDurable(file: string, capture: CaptureMode): Promise<Outcome> {
  return runDurableSource(readFileSync(file, 'utf8'), file, capture);
}

/** The same for a program given as text; relative imports resolve against `filename` (absolute). */
export async function runDurableSource(
  source: string,
  filename: string,
  capture: CaptureMode,
): Promise<Outcome> {
  const { runSource } = (await import(testingModule)) as { runSource: RunSource };
  return outcomeOf(() => runSource(source, { filename, capture }));
}
