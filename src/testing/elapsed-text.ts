/** How far a run had come in its own time. */

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** The two largest units: `0ms`, `1s 500ms`, `21d 4h`. */
export function elapsedText(milliseconds: number): string {
  let left = Math.round(milliseconds);
  const first = UNITS.findIndex(([, size]) => left >= size);
  if (first < 0) return '0ms';
  const parts: string[] = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(' ');
}
