/** Counts over many programs: do they do something, and how do they end. */
import type { Verdict } from './batch.ts';

export class Statistics {
  programs = 0;
  invalid = 0;
  finished = 0;
  failed = 0;
  outOfFuel = 0;
  notes = 0;
  captures = 0;

  add(verdicts: readonly Verdict[]): void {
    for (const { invalid, native, captures } of verdicts) {
      if (invalid !== undefined) {
        this.invalid++;
        continue;
      }
      this.programs++;
      this.captures += captures;
      this.notes += native.split('\n').length - 2;
      if (/^run done/m.test(native)) this.finished++;
      else if (/^run failed/m.test(native)) this.failed++;
      if (/^fuel -/m.test(native)) this.outOfFuel++;
    }
  }

  table(): string {
    const percent = (count: number): string => `${((100 * count) / this.programs).toFixed(1)} %`;
    const perProgram = (count: number): string => (count / this.programs).toFixed(1);
    return [
      `programs ${this.programs}, not programs ${this.invalid}`,
      `main function returned ${percent(this.finished)}, threw ${percent(this.failed)}, used up its fuel somewhere ${percent(this.outOfFuel)}`,
      `per program: ${perProgram(this.notes)} notes, ${perProgram(this.captures)} captures`,
    ].join('\n');
  }
}
