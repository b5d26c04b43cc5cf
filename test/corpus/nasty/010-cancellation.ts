class Cancelled extends Error {
  override name = 'Cancelled';
}
class Token {
  #cancelled = false;
  #callbacks = new Set<() => void>();
  cancel() { this.#cancelled = true; for (const f of this.#callbacks) f(); }
  throwIfCancelled() { if (this.#cancelled) throw new Cancelled('cancelled'); }
  on(f: () => void) { this.#callbacks.add(f); return { [Symbol.dispose]: () => void this.#callbacks.delete(f) }; }
  get listeners() { return this.#callbacks.size; }
}
export default async function main() {
  const log: string[] = [];
  const token = new Token();
  const job = async (name: string, steps: number) => {
    using _ = token.on(() => log.push(`${name} told`));
    try {
      for (let i = 0; i < steps; i++) {
        token.throwIfCancelled();
        log.push(`${name}${i}`);
        await null;
      }
      return `${name} finished`;
    } catch (e: any) {
      return `${name} ${e.name}`;
    } finally {
      await null;
      log.push(`${name} clean`);
    }
  };
  const jobs = [job('short', 2), job('long', 9)];
  for (let i = 0; i < 5; i++) await null;
  token.cancel();
  return { results: await Promise.all(jobs), log, listeners: token.listeners };
}
