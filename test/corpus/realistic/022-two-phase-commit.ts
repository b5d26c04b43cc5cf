/** A coordinator asks participants, decides, and tells them; one that is late votes after the others have been asked. */
interface Participant {
  readonly name: string;
  prepare(change: ReadonlyMap<string, number>): Promise<'yes' | 'no'>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}
function account(name: string, log: string[], balances: Map<string, number>): Participant {
  let staged: ReadonlyMap<string, number> | undefined;
  return {
    name,
    async prepare(change) {
      for (const [key, delta] of change) {
        await null;
        if ((balances.get(key) ?? 0) + delta < 0) {
          log.push(`${name} no: ${key}`);
          return 'no';
        }
      }
      staged = change;
      return 'yes';
    },
    async commit() {
      for (const [key, delta] of staged ?? []) balances.set(key, (balances.get(key) ?? 0) + delta);
      staged = undefined;
      await null;
      log.push(`${name} committed`);
    },
    async abort() {
      await null;
      log.push(`${name} aborted${staged ? '' : ' nothing'}`);
      staged = undefined;
    },
  };
}
export default async function main() {
  const log: string[] = [];
  const books = [new Map([['a', 10]]), new Map([['b', 5]])];
  const parts = books.map((book, index) => account(`p${index}`, log, book));
  const transact = async (...changes: [string, number][][]) => {
    const votes = await Promise.all(parts.map((part, index) => part.prepare(new Map(changes[index]))));
    const decision = votes.every((vote) => vote === 'yes') ? 'commit' : 'abort';
    for (const part of parts) await part[decision]();
    return decision;
  };
  const decisions = [
    await transact([['a', -4]], [['b', 4]]),
    await transact([['a', -7]], [['b', 7]]),
    await transact([['a', 1], ['z', 3]], [['b', -9]]),
  ];
  return { decisions, log, books };
}
