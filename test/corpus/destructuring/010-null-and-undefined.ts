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
  const attempts: (() => Promise<unknown>)[] = [
    async () => { const { a } = (await later(log, 'null', null)) as any; return a; },
    async () => { const {} = (await later(log, 'undefined', undefined)) as any; return 'no'; },
    async () => { const [a] = (await later(log, 'number', 5)) as any; return a; },
    async () => { const { a: { b } } = (await later(log, 'shallow', {})) as any; return b; },
    async () => { const { length } = (await later(log, 'string', 'four')) as any; return length; },
    async () => { let x: any; ({ x } = (await later(log, 'assign', null)) as any); return x; },
  ];
  for (const attempt of attempts) {
    try {
      log.push(await attempt());
    } catch (error: any) {
      log.push(error.constructor.name);
    }
  }
  return log;
}
