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

class Account {
  #secret = 1;
  static async has(log: Log, candidate: unknown) {
    return #secret in ((await later(log, 'candidate', candidate)) as any);
  }
  reveal() {
    return this.#secret;
  }
}
export default async function main() {
  const log: Log = [];
  const yes = await Account.has(log, new Account());
  const no = await Account.has(log, {});
  let error = '';
  try {
    await Account.has(log, 5);
  } catch (e: any) {
    error = e.constructor.name;
  }
  return { log, yes, no, error };
}
