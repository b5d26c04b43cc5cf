var total = 0;
var history: number[];
function record(n: number) {
  (history ??= []).push(n);
  total += n;
}
export default async function main() {
  const before = typeof history;
  record(1);
  await null;
  record(await 2);
  {
    let total = 'shadow';
    await null;
    total += '!';
  }
  record(3);
  return { before, total, history };
}
