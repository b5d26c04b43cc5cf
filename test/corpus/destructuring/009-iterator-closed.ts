type Log = unknown[];
function mark<T>(log: Log, name: string, value: T): T {
  log.push(name);
  return value;
}
async function later<T>(log: Log, name: string, value: T): Promise<T> {
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
  return value;
}

class Numbers {
  n = 0;
  constructor(private log: Log, private limit: number) {}
  [Symbol.iterator]() { return this; }
  next() {
    this.log.push(`next ${this.n}`);
    return this.n < this.limit ? { value: this.n++, done: false } : { value: undefined, done: true };
  }
  return() { this.log.push('return'); return {}; }
}
export default async function main() {
  const log: Log = [];
  const [a, b] = new Numbers(log, 5) as any;
  const [c, d = await later(log, 'default', 'D')] = new Numbers(log, 1) as any;
  const [...all] = new Numbers(log, 3) as any;
  const [] = new Numbers(log, 1) as any;
  try {
    const [e = await Promise.reject(new Error('default failed'))] = new Holes(log) as any;
    log.push(e);
  } catch (error: any) {
    log.push(error.message);
  }
  return { log, a, b, c, d, all };
}
class Holes {
  constructor(private log: Log) {}
  [Symbol.iterator]() { return this; }
  next() { this.log.push('next hole'); return { value: undefined, done: false }; }
  return() { this.log.push('return hole'); return {}; }
}
