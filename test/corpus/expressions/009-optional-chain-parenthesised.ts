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
  const nothing: any = undefined;
  let outcome = 'none';
  try {
    (nothing?.a[await later(log, 'not evaluated', 'k')]).b;
    outcome = 'no error';
  } catch (error: any) {
    outcome = error.constructor.name;
  }
  const object: any = { v: 3, f(n: number) { return this.v + n; } };
  const kept = (object?.f)(await later(log, 'n', 4));
  return { log, outcome, kept };
}
