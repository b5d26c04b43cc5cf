/** How long an outside system takes to answer. */
import { normal, type Random } from '../seeded-random.ts';

/** Draws a latency in milliseconds, 0 or more. */
export type Latency = () => number;

/**
 * A latency from its text:
 *
 * - `0`: at once
 * - `fixed:5`: always 5 ms
 * - `lognormal:20:0.6`: median 20 ms, sigma 0.6 of the logarithm (the shape that network services show: a long tail)
 *
 * @throws RangeError for any other text
 */
export function parseLatency(text: string, random: Random): Latency {
  const [kind, ...numbers] = text.split(':');
  const [first, second] = numbers.map(Number);
  if (text === '0') return () => 0;
  if (kind === 'fixed' && numbers.length === 1 && first! >= 0) return () => first!;
  if (kind === 'lognormal' && numbers.length === 2 && first! > 0 && second! >= 0) {
    return () => first! * Math.exp(second! * normal(random));
  }
  throw new RangeError(`"${text}" is not a latency; write 0, fixed:<ms> or lognormal:<median ms>:<sigma>`);
}

/** Runs `action` after `latency` ms; within the same turn of the event loop for 0. */
export function after(latency: number, action: () => void): void {
  // Whole milliseconds: Node keeps one list per duration, so that a hundred thousand timers stay cheap.
  if (latency < 0.5) action();
  else setTimeout(action, Math.round(latency));
}
