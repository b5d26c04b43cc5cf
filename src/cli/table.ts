/** Plain text tables: columns padded to their widest cell, two spaces apart, no ruled lines. */
import { stripVTControlCharacters } from 'node:util';

/** Length as a person sees it: colour codes take no room. */
const visibleLength = (text: string): number => stripVTControlCharacters(text).length;

/** `rows` have as many cells as `head`. The last column is not padded. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => visibleLength(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === head.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - visibleLength(cell)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `4 s`, `12 min`, `3 h`, `9 d`: the largest unit that fits. `ms` is not negative. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return `${Math.max(0, Math.round(ms))} ms`;
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
