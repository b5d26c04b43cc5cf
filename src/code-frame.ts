/** Two lines before, the line itself with a caret under the column, one line after. `position`: line from 1, column from 0. */
export function codeFrame(source: string, position: { line: number; column: number }): string {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const first = Math.max(1, position.line - 2);
  const last = Math.min(lines.length, position.line + 1);
  const width = String(last).length;
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? '';
    out.push(`${number === position.line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`);
    if (number === position.line) {
      const indent = text.slice(0, position.column).replace(/[^\t]/g, ' ');
      out.push(`  ${' '.repeat(width)} | ${indent}^`);
    }
  }
  return out.join('\n');
}
