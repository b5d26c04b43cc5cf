const text = `id,name,amount
1,Ann,10
2,Bob,x
3,"Cat, Jr",30
4,Dan
5,Eve,50`;
function split(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map((m) => m[1] ?? m[2]!);
}
export default async function main() {
  const lines = text.split('\n');
  const header = split(lines[0]!);
  const skipped: string[] = [];
  const written: Record<string, unknown>[][] = [];
  let chunk: Record<string, unknown>[] = [];
  const flush = async () => {
    if (chunk.length === 0) return;
    await null;
    written.push(chunk);
    chunk = [];
  };
  let line = 0;
  let total = 0;
  for (const raw of lines.slice(1)) {
    line++;
    try {
      const cells = split(await raw);
      if (cells.length !== header.length) throw new RangeError(`${cells.length} cells`);
      const row: Record<string, unknown> = {};
      for (const [i, name] of header.entries()) row[name] = name === 'name' ? cells[i] : await number(cells[i]!);
      chunk.push(row);
      total += row.amount as number;
      if (chunk.length === 2) await flush();
    } catch (error: any) {
      skipped.push(`line ${line}: ${error.message}`);
      if (skipped.length > 2) throw error;
      continue;
    }
  }
  await flush();
  return { written, skipped, total };
}
async function number(text: string) {
  await null;
  const n = Number(text);
  if (Number.isNaN(n)) throw new TypeError(`not a number: ${text}`);
  return n;
}
