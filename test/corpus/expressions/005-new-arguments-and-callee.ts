type Log = unknown[];
function mark<T>(log: Log, name: string, value: T): T {
  log.push(name);
  return value;
}
async function later<T>(log: Log, name: string, value: T): Promise<T> {
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
  return value;
}

class Point {
  constructor(
    public x: number,
    public y: number,
  ) {}
}
export default async function main() {
  const log: Log = [];
  const a = new Point(mark(log, 'x', 1), await later(log, 'y', 2));
  const b = new (await later(log, 'class', Point))(await later(log, 'x2', 3), mark(log, 'y2', 4));
  const holder = { Point };
  const c = new holder.Point(...(await later(log, 'args', [5, 6] as [number, number])));
  return { log, a, b, c, is: c instanceof Point };
}
