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
  try {
    try {
      await later(log, 'work', 1);
      throw new Error('original');
    } finally {
      await later(log, 'cleanup', 1);
    }
  } finally {
    throw Object.assign(new Error('from last finally'), { log });
  }
}
