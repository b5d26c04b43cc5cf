export default async function main() {
  const log: string[] = [];
  const once = <T>(f: () => T) => {
    let done = false;
    let value: T;
    return () => {
      if (!done) {
        done = true;
        value = f();
      }
      return value;
    };
  };
  const connect = once(async () => {
    log.push('connecting');
    await null;
    log.push('connected');
    return { id: 1 };
  });
  const a = await connect();
  await null;
  const b = await connect();
  return { same: a === b, log };
}
