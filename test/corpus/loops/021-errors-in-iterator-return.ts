type Log = unknown[];
class Stubborn {
  constructor(private log: Log, private mode: string) {}
  [Symbol.iterator]() { return this; }
  next() { return { done: false, value: 1 }; }
  return(): any {
    this.log.push(`return ${this.mode}`);
    if (this.mode === 'throws') throw new Error('from return');
    if (this.mode === 'primitive') return 5;
    return {};
  }
}
async function attempt(log: Log, mode: string, how: string) {
  try {
    for (const n of new Stubborn(log, mode)) {
      await n;
      if (how === 'break') break;
      if (how === 'return') return 'returned';
      if (how === 'throw') throw new Error('from body');
    }
    return 'after loop';
  } catch (error: any) {
    return `${error.constructor.name} ${error instanceof TypeError ? '' : error.message}`;
  }
}
export default async function main() {
  const log: Log = [];
  for (const mode of ['throws', 'primitive', 'fine']) for (const how of ['break', 'return', 'throw']) log.push(await attempt(log, mode, how));
  return log;
}
