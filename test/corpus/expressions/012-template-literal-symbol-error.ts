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
  let error = '';
  try {
    const text = `${Symbol('s') as any}${await later(log, 'second', 'x')}`;
    log.push(text);
  } catch (e: any) {
    error = e.constructor.name;
  }
  return { log, error };
}
