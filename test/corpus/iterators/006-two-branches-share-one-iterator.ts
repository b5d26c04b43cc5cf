/** A work queue: branches take from the same iterator until it is empty. */
export default async function main() {
  const queue = [5, 1, 4, 2, 3, 9].entries();
  const done: string[] = [];
  async function worker(name: string) {
    for (const [index, cost] of queue) {
      for (let turn = 0; turn < cost; turn++) await null;
      done.push(`${name}:${index}`);
    }
    return name;
  }
  const names = await Promise.all([worker('a'), worker('b'), worker('c')]);
  return { names, done, left: queue.next() };
}
