type Log = unknown[];
class Countdown {
  constructor(private log: Log, private n: number) {}
  [Symbol.iterator]() { this.log.push('open'); return this; }
  next() { this.log.push(`next ${this.n}`); return this.n > 0 ? { done: false, value: this.n-- } : { done: true, value: undefined }; }
  return() { this.log.push('closed'); return { done: true, value: undefined }; }
}
async function returnsInside(log: Log) {
  for (const n of new Countdown(log, 3)) {
    await null;
    if (n === 2) return await `returned ${n}`;
  }
  return 'end';
}
export default async function main() {
  const log: Log = [];
  for (const n of new Countdown(log, 2)) log.push(await n);
  for (const n of new Countdown(log, 9)) {
    await null;
    if (n === 8) break;
  }
  log.push(await returnsInside(log));
  try {
    for (const n of new Countdown(log, 5)) {
      await null;
      if (n === 5) throw new Error('thrown inside');
    }
  } catch (error: any) {
    log.push(error.message);
  }
  outer: for (let i = 0; i < 2; i++) {
    for (const n of new Countdown(log, 5)) {
      await null;
      log.push(`i ${i}`);
      continue outer;
    }
  }
  for (const n of new Countdown(log, 2)) {
    if (n === 2) continue;
    await null;
  }
  return log;
}
