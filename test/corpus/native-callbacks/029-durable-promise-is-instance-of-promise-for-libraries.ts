import { runInThisContext } from 'node:vm';
const isPromise = runInThisContext('(value) => value instanceof Promise') as (value: unknown) => boolean;
const isThenable = runInThisContext(
  '(value) => typeof value.then === "function" && typeof value.catch === "function" && typeof value.finally === "function"',
) as (value: unknown) => boolean;
async function nothing(): Promise<void> {}
class Special extends Promise<number> {}
export default async function main() {
  const kinds: Record<string, unknown> = {
    call: nothing(),
    made: new Promise(() => {}),
    chained: nothing().then(() => 1),
    all: Promise.all([]),
    special: Special.resolve(1),
    object: {},
  };
  const seen = Object.entries(kinds).map(([name, value]) => [name, isPromise(value), value instanceof Promise]);
  return { seen, thenable: isThenable(kinds['call']), tag: Object.prototype.toString.call(kinds['call']) };
}
