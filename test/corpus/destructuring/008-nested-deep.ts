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
  const {
    user: { name: { first = await later(log, 'first', 'Ann'), last = 'Bee' } = {} as any, tags: [tag1, , tag3 = await later(log, 'tag3', 'third')] },
    ...others
  } = await later(log, 'source', { user: { name: { last: 'Cee' }, tags: ['t1', 't2'] }, x: 1, y: { z: 2 } } as any);
  return { log, first, last, tag1, tag3, others };
}
