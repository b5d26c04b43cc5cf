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
  const object: any = {
    name: 'object',
    hello(x: string) {
      return `${this.name} ${x}`;
    },
  };
  const nothing: any = undefined;
  const r1 = object.hello?.(await later(log, 'x', 'hi'));
  const r2 = object.missing?.(await later(log, 'not evaluated', 'hi'));
  const r3 = nothing?.hello(await later(log, 'not evaluated', 'hi'));
  const r4 = object?.hello(await later(log, 'y', 'ho'));
  const r5 = object?.[await later(log, 'key', 'hello')]?.(await later(log, 'z', 'hu'));
  const r6 = nothing?.(await later(log, 'not evaluated', 1));
  const r7 = (await later(log, 'nothing', nothing))?.(mark(log, 'not evaluated', 1))[mark(log, 'not evaluated', 2)];
  return { log, r1, r2, r3, r4, r5, r6, r7 };
}
