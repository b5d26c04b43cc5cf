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

class Temperature {
  #celsius = 0;
  writes: number[] = [];
  set fahrenheit(f: number) { this.#celsius = ((f - 32) * 5) / 9; this.writes.push(f); }
  get fahrenheit() { return (this.#celsius * 9) / 5 + 32; }
}
export default async function main() {
  const log: Log = [];
  const t = new Temperature();
  const r = (t.fahrenheit = await later(log, 'f', 212));
  t.fahrenheit -= await later(log, 'less', 180);
  const old = t.fahrenheit++;
  return { log, r, old, now: t.fahrenheit, writes: t.writes };
}
