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
  return {
    t1: typeof (await later(log, 'a', 1n)),
    t2: typeof (await later(log, 'b', () => 1)),
    t3: void (await later(log, 'c', 5)),
    t4: !(await later(log, 'd', 0)),
    t5: !!(await later(log, 'e', 'x')),
    t6: +(await later(log, 'f', '12')),
    t7: -(await later(log, 'g', 0)),
    t8: ~(await later(log, 'h', 5)),
    // @ts-ignore an undeclared name is fine under typeof
    t9: typeof notDeclaredAnywhere + (await later(log, 'i', '!')),
    log,
  };
}
