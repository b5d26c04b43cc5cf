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

export default async function main() {
  const log: Log = [];
  let hidden = 3;
  const object = {
    get n() { log.push(`get ${hidden}`); return hidden; },
    set n(value: number) { log.push(`set ${value}`); hidden = value; },
  };
  object.n += await later(log, 'a', 4);
  object.n ||= await later(log, 'skipped', 1);
  object.n &&= await later(log, 'b', 0);
  object.n ||= await later(log, 'c', 9);
  object.n++;
  return { log, hidden };
}
