class Lock {
  held = true;
  constructor(private log: string[]) {}
  [Symbol.dispose]() {
    this.held = false;
    this.log.push('released');
  }
}
export default async function main() {
  const log: string[] = [];
  const check = async () => {
    using lock = new Lock(log);
    const isHeld = () => lock.held;
    await null;
    log.push(`held ${isHeld()}`);
    return isHeld;
  };
  const isHeld = await check();
  log.push(`held ${isHeld()}`);
  block: {
    using lock = new Lock(log);
    if (await lock.held) break block;
    log.push('not reached');
  }
  return log;
}
