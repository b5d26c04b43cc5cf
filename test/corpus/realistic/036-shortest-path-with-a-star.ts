const map = ['S..#....', '.#.#.##.', '.#...#..', '.####.#.', '.......E'];
type Cell = `${number},${number}`;
const parse = (cell: Cell) => cell.split(',').map(Number) as [number, number];
async function search(rows: string[], cost: (c: string) => number, log: string[]): Promise<Cell[] | undefined> {
  const find = (mark: string): Cell => {
    const y = rows.findIndex((row) => row.includes(mark));
    return `${rows[y]!.indexOf(mark)},${y}`;
  };
  const [start, end] = [find('S'), find('E')];
  const [ex, ey] = parse(end);
  const best = new Map<Cell, number>([[start, 0]]);
  const from = new Map<Cell, Cell>();
  const open = new Set<Cell>([start]);
  const guess = (cell: Cell) => {
    const [x, y] = parse(cell);
    return best.get(cell)! + Math.abs(ex - x) + Math.abs(ey - y);
  };
  while (open.size > 0) {
    const now = [...open].reduce((a, b) => (guess(b) < guess(a) ? b : a));
    if (now === end) {
      const path = [now];
      for (let at = from.get(now); at; at = from.get(at)) path.unshift(at);
      return path;
    }
    open.delete(now);
    await null;
    const [x, y] = parse(now);
    for (const [dx, dy] of [[1, 0], [0, 1], [-1, 0], [0, -1]] as const) {
      const next: Cell = `${x + dx},${y + dy}`;
      const c = cost(rows[y + dy]?.[x + dx] ?? '#');
      const total = best.get(now)! + c;
      if (total >= (best.get(next) ?? Infinity)) continue;
      best.set(next, total);
      from.set(next, now);
      open.add(next);
    }
  }
  log.push(`no way, ${best.size} cells seen`);
  return undefined;
}
export default async function run() {
  const log: string[] = [];
  const path = await search(map, (c) => (c === '#' ? Infinity : 1), log);
  const through = await search(map, (c) => (c === '#' ? 5 : 1), log);
  const none = await search(['S#E', '.#.'], (c) => (c === '#' ? Infinity : 1), log);
  const marked = map.map((row, y) => [...row].map((c, x) => (path?.includes(`${x},${y}`) && c === '.' ? '*' : c)).join(''));
  return [path?.length, through?.join(' '), none, marked, log];
}
