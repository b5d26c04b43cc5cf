/** Reader, processor and writer of chunks: a chunk whose write fails is written again item by item, to find the bad one. */
interface Position {
  read: number;
  written: number;
}
function* lines(from: number) {
  const source = ['1', '2', 'x', '4', '', '66', '7', '8'];
  for (let at = from; at < source.length; at++) yield source[at]!;
}
export default async function main() {
  const table: number[] = [];
  const skipped: string[] = [];
  const commits: Position[] = [];
  const write = async (items: readonly number[]) => {
    await null;
    if (items.some((item) => item > 50)) throw new RangeError(`too large in ${items.length}`);
    table.push(...items);
  };
  const run = async (position: Position, stopAt: number) => {
    const reader = lines(position.read);
    let chunk: number[] = [];
    const flush = async () => {
      try {
        await write(chunk);
      } catch (error) {
        skipped.push((error as Error).message);
        for (const item of chunk) {
          try {
            await write([item]);
          } catch (single) {
            skipped.push(`${item} ${(single as Error).message}`);
          }
        }
      }
      position.written = table.length;
      commits.push({ ...position });
      chunk = [];
    };
    for (const line of reader) {
      position.read++;
      const item = Number.parseInt(line, 10);
      if (Number.isNaN(item)) {
        skipped.push(`line ${position.read} ${JSON.stringify(line)}`);
        continue;
      }
      chunk.push(await item);
      if (chunk.length === 2) await flush();
      if (position.read === stopAt) return 'stopped';
    }
    if (chunk.length > 0) await flush();
    return 'completed';
  };
  const position = { read: 0, written: 0 };
  const ends = [await run(position, 4), await run(position, Infinity)];
  return { ends, table, skipped, commits };
}
