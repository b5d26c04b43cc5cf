export default async function main() {
  const log: number[] = [];
  let n = 3;
  while (n--) log.push(await n);
  for (const x of [7, 8]) if (await (x === 8)) log.push(x); else log.push(-x);
  for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) log.push(await (i * 10 + j));
  if (await false) ; else log.push(99);
  return log;
}
