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

async function run(log: Log, how: string): Promise<unknown> {
  loop: for (let i = 0; i < 2; i++) {
    try {
      log.push(`${how} ${i}`);
      if (how.startsWith('throw')) throw new Error(how);
      if (how.startsWith('return')) return await later(log, 'returning', how);
      if (how.startsWith('break')) break loop;
      if (how.startsWith('continue')) continue loop;
    } finally {
      await later(log, 'finally', 0);
      if (how.endsWith('-return')) return `finally wins over ${how}`;
      if (how.endsWith('-throw')) throw new Error(`finally throws over ${how}`);
      if (how.endsWith('-break')) break loop;
      if (how.endsWith('-continue')) continue loop;
    }
  }
  return `end of ${how}`;
}
export default async function main() {
  const log: Log = [];
  for (const how of ['none', 'throw', 'return', 'break', 'continue']) {
    for (const last of ['', '-return', '-throw', '-break', '-continue']) {
      try {
        log.push(await run(log, how + last));
      } catch (error: any) {
        log.push(`thrown: ${error.message}`);
      }
    }
  }
  return log;
}
