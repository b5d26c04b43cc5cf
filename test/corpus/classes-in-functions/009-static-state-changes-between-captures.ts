export default async function main(): Promise<unknown> {
  class Sequence {
    static next = 1;
    static history: number[] = [];
    static #hidden = new Map<string, number>();
    static take(name: string) {
      const value = Sequence.next++;
      this.history.push(value);
      Sequence.#hidden.set(name, value);
      return value;
    }
    static get hidden() {
      return [...Sequence.#hidden];
    }
  }
  const taken = [Sequence.take('a')];
  await null;
  taken.push(Sequence.take('b'));
  await null;
  taken.push(Sequence.take('c'));
  (Sequence as any).added = taken;
  await null;
  delete (Sequence as any).history;
  await null;
  return [taken, Sequence.next, Sequence.hidden, 'history' in Sequence, (Sequence as any).added === taken];
}
