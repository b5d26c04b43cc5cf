import { WaymarkError } from './waymark-error.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Durations read before: a script has few of them, and uses them again and again. */
const read = new Map<string, number>();
const MOST_KEPT = 1000;

/**
 * Milliseconds of a duration: a number of milliseconds, or text such as `500ms`, `30s`, `5m`, `2h`, `7d`, `1h30m`.
 *
 * @throws WaymarkError WM3006 for anything else.
 */
export function milliseconds(duration: number | string): number {
  if (typeof duration === 'number') {
    if (duration >= 0 && duration <= Number.MAX_SAFE_INTEGER) return duration;
  } else if (typeof duration === 'string') {
    const known = read.get(duration);
    if (known !== undefined) return known;
    const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)\s*/g)];
    if (parts.length > 0 && parts.map((part) => part[0]).join('') === duration.trimStart()) {
      const sum = parts.reduce((total, part) => total + Number(part[1]) * UNITS[part[2]!]!, 0);
      if (read.size < MOST_KEPT) read.set(duration, sum);
      return sum;
    }
  }
  throw new WaymarkError(
    'WM3006',
    `Not a duration: ${typeof duration === 'string' ? JSON.stringify(duration) : String(duration)}.`,
    {
      fix: 'Give milliseconds as a number, or text such as "500ms", "30s", "5m", "2h", "7d".',
    },
  );
}
