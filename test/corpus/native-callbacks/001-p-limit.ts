import pLimit from 'p-limit';
/** Three jobs at most at a time, started in order. */
export default async function main() {
  const running = new Set<number>();
  const started: number[] = [];
  let most = 0;
  const enter = (n: number): void => {
    started.push(n);
    running.add(n);
    most = Math.max(most, running.size);
  };
  const job = async (n: number): Promise<number> => {
    enter(n);
    for (let tick = 0; tick < n; tick++) await null;
    running.delete(n);
    return n * n;
  };
  const all = (): Promise<number[]> => {
    const limit = pLimit(3);
    return Promise.all([3, 1, 4, 2, 5].map((n) => limit(job, n)));
  };
  const results = await all();
  return { results, most, left: running.size, first: started.slice(0, 3), count: started.length };
}
