/** A suspended instance as a person reads it: a stack trace with the variables of each frame. */
import { inspect } from 'node:util';
import { shownPath } from './diagnostic-text.ts';
import type { Terminal } from './terminal.ts';

/** One frame, as the runtime describes it. Lines count from 1, columns from 0. */
export interface FrameToShow {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The author's line. */
  readonly source?: string | undefined;
  readonly variables: readonly { readonly name: string; readonly value: unknown }[];
  readonly awaiting: string;
}

/** Longer values are cut; the whole value is in the JSON output. */
const WIDEST_VALUE = 200;
const WIDEST_SOURCE = 100;

/** Each branch is a chain of frames, innermost first. */
export function framesText(
  branches: readonly (readonly FrameToShow[])[],
  { colors, directory }: Pick<Terminal, 'colors' | 'directory'>,
): string {
  const lines: string[] = [];
  for (const [index, branch] of branches.entries()) {
    if (index > 0) lines.push('');
    const [innermost] = branch;
    const number = branches.length > 1 ? `branch ${index + 1} of ${branches.length}, ` : '';
    lines.push(`${number}waiting for ${innermost?.awaiting ?? 'nothing'}`);
    for (const frame of branch) {
      const file = frame.file.startsWith('/') ? shownPath(frame.file, directory) : frame.file;
      lines.push(
        `  at ${colors.bold(frame.function)} ${colors.dim(`(${file}:${frame.line}:${frame.column + 1})`)}`,
      );
      if (frame.source !== undefined)
        lines.push(colors.dim(`     ${frame.line} | ${cut(frame.source, WIDEST_SOURCE)}`));
      for (const { name, value } of frame.variables)
        lines.push(`       ${colors.cyan(name)} = ${valueText(value)}`);
    }
  }
  return lines.join('\n');
}

/** On one line, cut when it is longer than `widest`. Getters and `inspect` methods of the value are not run. */
export function valueText(value: unknown, widest = WIDEST_VALUE): string {
  const text = inspect(value, {
    depth: 3,
    compact: true,
    breakLength: Infinity,
    maxArrayLength: 20,
    customInspect: false,
  });
  return cut(text, widest);
}

const cut = (text: string, widest: number): string =>
  text.length > widest ? `${text.slice(0, widest - 3)}...` : text;
