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

export default async function main() {
  const log: Log = [];
  const base = { inherited: 'yes' };
  const a: any = { __proto__: await later(log, 'base', base), own: mark(log, 'own', 1) };
  const b: any = { own: await later(log, 'own b', 1), __proto__: null };
  const c: any = { ['__proto__']: await later(log, 'computed', 5) };
  const __proto__ = await later(log, 'shorthand', 6);
  const d: any = { __proto__ };
  const e: any = { __proto__: await later(log, 'primitive', 7) };
  return {
    log,
    a: [a.inherited, Object.keys(a), Object.getPrototypeOf(a) === base],
    b: [Object.getPrototypeOf(b), Object.keys(b)],
    c: Object.hasOwn(c, '__proto__'),
    d: Object.hasOwn(d, '__proto__'),
    e: [Object.getPrototypeOf(e) === Object.prototype, Object.keys(e)],
  };
}
