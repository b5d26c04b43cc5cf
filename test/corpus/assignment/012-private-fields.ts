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

class Meter {
  #n = 1;
  #label?: string;
  #list = [1, 2, 3];
  async run(log: Log) {
    this.#n = await later(log, 'a', 5);
    this.#n += await later(log, 'b', 10);
    this.#n **= await later(log, 'c', 2);
    this.#label ??= await later(log, 'd', 'meter');
    this.#label ||= await later(log, 'skipped', 'x');
    this.#label &&= await later(log, 'e', this.#label + '!');
    this.#list[await later(log, 'i', 1)]! += await later(log, 'f', 40);
    this.#n++;
    (await later(log, 'this', this)).#n -= 1;
    const old = (await later(log, 'this 2', this)).#n--;
    return { n: this.#n, old, label: this.#label, list: this.#list };
  }
}
export default async function main() {
  const log: Log = [];
  const result = await new Meter().run(log);
  return { log, result };
}
