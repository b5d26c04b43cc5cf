const queue: string[] = [];
let active = 0;
let peak = 0;
async function worker(name: string) {
  active++;
  peak = Math.max(peak, active);
  let taken = 0;
  while (queue.length > 0) {
    queue.shift();
    taken++;
    await null;
  }
  active--;
  return `${name}:${taken}`;
}
export default async function main() {
  queue.push(...'abcdefg');
  const results = await Promise.all(['x', 'y'].map(worker));
  return { results, active, peak, left: queue.length };
}
