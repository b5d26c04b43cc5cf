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

class Base {
  get size() { return (this as any).stored ?? 1; }
  set size(value: number) { (this as any).stored = value * 2; }
}
class Derived extends Base {
  override get size() { return -1; }
  override set size(_value: number) { throw new Error('must use super'); }
  async run(log: Log) {
    super.size = await later(log, 'a', 5);
    super.size += await later(log, 'b', 1);
    (super.size as any) ||= await later(log, 'skipped', 0);
    const key = 'size' as const;
    super[await later(log, 'key', key)] = await later(log, 'c', 3);
    const r = super[await later(log, 'key 2', key)]++;
    (super['fresh' as any] as any) = await later(log, 'd', 'own');
    return { r, stored: (this as any).stored, fresh: (this as any).fresh, own: Object.keys(this) };
  }
}
export default async function main() {
  const log: Log = [];
  const result = await new Derived().run(log);
  return { log, result };
}
