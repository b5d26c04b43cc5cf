const makeCounter = (start: number) => {
  let n = start;
  return { next: () => ++n, peek: () => n };
};
const makeTicker = () => {
  let ticks = 0;
  return () => ++ticks;
};
const counter = makeCounter(10);
const tick = makeTicker();
const { next, peek } = makeCounter(100);

export default async function run() {
  const log = [counter.next(), tick(), next()];
  await null;
  log.push(counter.next(), counter.peek(), tick(), next(), peek());
  await null;
  log.push(counter.next(), counter.peek(), tick(), next(), peek());
  return log;
}
