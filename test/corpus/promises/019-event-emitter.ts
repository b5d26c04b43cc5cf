class Emitter {
  #listeners = new Map<string, Set<(x: any) => unknown>>();
  on(event: string, f: (x: any) => unknown) {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set.add(f));
    return () => set.delete(f);
  }
  once(event: string) {
    return new Promise<any>((resolve) => {
      const off = this.on(event, (x) => { off(); resolve(x); });
    });
  }
  async emit(event: string, x: unknown) {
    for (const f of this.#listeners.get(event) ?? []) await f(x);
  }
}
export default async function main() {
  const emitter = new Emitter();
  const log: string[] = [];
  const off = emitter.on('a', async (x) => { await null; log.push(`first ${x}`); });
  emitter.on('a', (x) => log.push(`second ${x}`));
  const once = emitter.once('a');
  await emitter.emit('a', 1);
  off();
  await emitter.emit('a', 2);
  await emitter.emit('nobody', 3);
  log.push(`once ${await once}`);
  return log;
}
