/** Workers with queues of their own take from the longest queue when theirs is empty; every task is done once. */
export default async function main() {
  const queues = [[5, 1, 4], [2], [] as number[], [3, 3, 3, 3]];
  const done: string[] = [];
  const stolen: string[] = [];
  const spin = async (turns: number) => {
    while (turns-- > 0) await null;
  };
  async function* tasks(own: number) {
    for (;;) {
      const mine = queues[own]!.shift();
      if (mine !== undefined) {
        yield mine;
        continue;
      }
      const victim = queues.reduce((best, queue, index) => (queue.length > queues[best]!.length ? index : best), 0);
      const task = queues[victim]!.pop();
      if (task === undefined) return;
      stolen.push(`${own} from ${victim}`);
      yield task;
    }
  }
  const worker = async (own: number) => {
    let sum = 0;
    for await (const turns of tasks(own)) {
      await spin(turns);
      sum += turns;
      done.push(`${own}:${turns}`);
    }
    return sum;
  };
  const sums = await Promise.all(queues.map((_, own) => worker(own)));
  const total = sums.reduce((a, b) => a + b);
  return { total, count: done.length, thief: stolen.length > 0, left: queues.flat() };
}
