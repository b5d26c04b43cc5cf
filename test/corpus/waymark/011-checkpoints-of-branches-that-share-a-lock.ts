import { checkpoint } from 'waymark';
/** Branches take turns at a lock around their checkpoints, and count on what the others did before. */
export default async function main() {
  let tail: Promise<unknown> = Promise.resolve();
  let balance = 10;
  const trail: string[] = [];
  const exclusive = <T>(action: () => Promise<T>): Promise<T> => {
    const turn = tail.then(action);
    tail = turn.catch(() => undefined);
    return turn;
  };
  const withdraw = (name: string, amount: number) =>
    exclusive(async () => {
      if (balance < amount) throw new RangeError(`${name}: ${balance} < ${amount}`);
      const note = () => `${name} took ${amount} of ${balance}`;
      trail.push(await checkpoint({ commit: note, recover: note }));
      balance -= amount;
      return balance;
    });
  const ends = await Promise.allSettled([withdraw('a', 4), withdraw('b', 9), withdraw('c', 6), withdraw('d', 1)]);
  return { balance, trail, ends: ends.map((end) => (end.status === 'fulfilled' ? end.value : end.reason.message)) };
}
