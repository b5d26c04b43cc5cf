import type pc from 'picocolors';
import type { Sample } from './sample.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** How a run is shown while it goes on. */
export interface View {
  /** Something happened, in a few words. */
  event(text: string): void;
  update(sample: Sample): void;
  /** Leaves the terminal as it should be. */
  end(): void;
}

export const silentView: View = { event: () => {}, update: () => {}, end: () => {} };

/** `1234567` as `1,234,567`; fractions are rounded. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Seconds as `m:ss`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? '-' : `${count(value)} ms`;
}
