/** Paragraphs for terminals of any width. */

/** Wider lines are hard to read, whatever room there is. */
const WIDEST = 88;

/** Broken between words at `width` columns, each line indented. A word that is too long has a line of its own. */
export function wrapped(text: string, width: number, indent = ''): string {
  const room = Math.max(20, Math.min(width, WIDEST) - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((part) => indent + part).join('\n');
}
