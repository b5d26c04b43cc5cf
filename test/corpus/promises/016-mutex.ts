class Mutex {
  private queue: (() => void)[] = [];
  private locked = false;
  async lock(): Promise<() => void> {
    if (this.locked) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.locked = true;
    return () => {
      const next = this.queue.shift();
      if (next) next();
      else this.locked = false;
    };
  }
}
export default async function main() {
  const log: string[] = [];
  const mutex = new Mutex();
  let inside = 0;
  const work = async (name: string) => {
    const unlock = await mutex.lock();
    inside++;
    log.push(`${name} in (${inside})`);
    await null;
    await null;
    inside--;
    log.push(`${name} out`);
    unlock();
  };
  await Promise.all(['a', 'b', 'c'].map(work));
  return log;
}
