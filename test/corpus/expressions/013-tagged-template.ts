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

function tag(strings: TemplateStringsArray, ...values: unknown[]) {
  return { strings: [...strings], raw: [...strings.raw], values };
}
export default async function main() {
  const log: Log = [];
  const result = tag`a\n${mark(log, 'one', 1)}b\t${await later(log, 'two', 2)}\u{41}`;
  const object = { prefix: 'p', tag(strings: TemplateStringsArray, value: string) { return this.prefix + strings.join('|') + value; } };
  const method = object.tag`x${await later(log, 'three', 'v')}y`;
  return { log, result, method };
}
