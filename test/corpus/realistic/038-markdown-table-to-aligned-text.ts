type Align = 'left' | 'right' | 'center';
const source = `
| Name | Qty | Note |
|:-----|----:|:----:|
| Äpfel | 12 | a \\| b |
| 日本 | 3 |
| x | 1000 | **bold** and \`code\` |
`;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/u;
const width = (text: string): number => [...text.normalize('NFC')].reduce((sum, c) => sum + (wide.test(c) ? 2 : 1), 0);
function* cells(line: string): Generator<string> {
  for (const [, cell = ''] of line.trim().replace(/^\|/, '').matchAll(/((?:\\\||[^|])*)\|/gy)) yield cell.trim().replaceAll('\\|', '|');
}
const pad = (text: string, to: number, align: Align): string => {
  const gap = to - width(text);
  const left = { left: 0, right: gap, center: gap >> 1 }[align];
  return ' '.repeat(left) + text + ' '.repeat(gap - left);
};
export default async function run() {
  const rows: string[][] = [];
  let aligns: Align[] = [];
  for (const line of source.split('\n')) {
    if (!line.trim()) continue;
    const row = [...cells(line)];
    await null;
    if (row.every((cell) => /^:?-+:?$/.test(cell))) {
      aligns = row.map((cell) => (cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : 'left'));
      continue;
    }
    rows.push(row.map((cell) => cell.replace(/(?<mark>\*\*|`)(?<inner>.+?)\k<mark>/g, '$<inner>')));
  }
  const widths: number[] = [];
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
  const lines: string[] = [];
  for await (const row of rows) lines.push(widths.map((w, index) => pad(row[index] ?? '', w, aligns[index] ?? 'left')).join(' | '));
  return [lines, aligns, widths];
}
