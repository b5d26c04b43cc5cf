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
  const text = `<${mark(log, 'a', 1)}|${await later(log, 'b', 'two')}|${mark(log, 'c', true)}|${await later(log, 'd', null)}>`;
  const converted = `${{ toString: () => mark(log, 'to string', 'S') }}-${await later(log, 'e', 'after')}`;
  return { log, text, converted };
}
