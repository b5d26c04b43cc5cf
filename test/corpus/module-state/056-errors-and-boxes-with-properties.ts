import { checkpoint } from 'waymark';
const last = new Error('x') as Error & { times?: number };
const box = Object(5) as { n?: number };
const bound = function (this: { n: number }) { return ++this.n; }.bind({ n: 0 });
export default async function main() {
  last.times = 1; box.n = 2; const a = bound();
  await checkpoint();
  last.times++; box.n++;
  await checkpoint();
  return [last.times, box.n, a, bound()];
}
