/** Seats are held for a time; who pays in time gets them, the rest goes to the waiting list in its order. */
export default async function main() {
  const log: string[] = [];
  const free = new Set(['1A', '1B']);
  const waiting: { name: string; give: (seat: string | undefined) => void }[] = [];
  const release = (seat: string) => {
    const next = waiting.shift();
    if (next) next.give(seat);
    else free.add(seat);
  };
  const hold = async (name: string): Promise<string | undefined> => {
    const [seat] = free;
    if (seat !== undefined) {
      free.delete(seat);
      return seat;
    }
    log.push(`${name} waits`);
    return new Promise((give) => waiting.push({ name, give }));
  };
  const customer = async (name: string, pays: boolean) => {
    const seat = await hold(name);
    if (seat === undefined) return `${name}: none`;
    log.push(`${name} holds ${seat}`);
    if (pays) return `${name}: ${seat}`;
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.push(`${name} lost ${seat}`);
    release(seat);
    return `${name}: too late`;
  };
  const all = Promise.all([customer('ann', false), customer('ben', true), customer('cat', false), customer('dov', true), customer('eli', true)]);
  while (log.filter((line) => line.includes('lost')).length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  waiting.shift()!.give(undefined);
  return { results: await all, log, free: [...free] };
}
