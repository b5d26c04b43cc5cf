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
  const object = {
    [mark(log, 'k1', 'one')]: mark(log, 'v1', 1),
    [await later(log, 'k2', 'two')]: mark(log, 'v2', 2),
    [mark(log, 'k3', 'three')]: await later(log, 'v3', 3),
    plain: await later(log, 'v4', 4),
    'quoted key': mark(log, 'v5', 5),
    6: await later(log, 'v6', 6),
    async [await later(log, 'k7', 'method')]() {
      return (await this.plain) + 1;
    },
    get [await later(log, 'k8', 'getter')]() {
      return 'got ' + this.plain;
    },
  };
  return { log, object, method: await (object as any).method(), getter: (object as any).getter };
}
