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
  if ((mark(log, 'if', 0), await later(log, 'if2', 1))) log.push('then');
  switch ((await later(log, 'switch', 0), 2)) {
    case (mark(log, 'case', 0), await later(log, 'case2', 2)):
      log.push('matched');
  }
  let n = 0;
  while ((mark(log, 'while', n), await later(log, 'while2', n++ < 2)));
  return log;
}
