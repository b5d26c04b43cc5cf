/** Validators run side by side; all their complaints come together, in order, with paths through nested objects. */
type Check = (value: any, path: string) => Promise<void> | void;
const all = (...checks: Check[]): Check => async (value, path) => {
  const settled = await Promise.allSettled(checks.map(async (check) => check(value, path)));
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? (one.reason instanceof AggregateError ? one.reason.errors : [one.reason]) : []));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} at ${path || 'top'}`);
};
const type = (name: string): Check => (value, path) => {
  if (typeof value !== name) throw new TypeError(`${path} is no ${name}`);
};
const key = (name: string, ...checks: Check[]): Check => async (value, path) => {
  await null;
  await all(...checks)(value?.[name], path ? `${path}.${name}` : name);
};
const items = (check: Check): Check => async (value, path) => {
  await all(...(value as unknown[]).map((item, index): Check => () => check(item, `${path}[${index}]`)))(value, path);
};
export default async function main() {
  const order = all(key('id', type('number')), key('lines', items(all(key('name', type('string')), key('count', type('number'))))));
  const results: unknown[] = [];
  for (const value of [
    { id: 1, lines: [{ name: 'a', count: 1 }] },
    { id: '1', lines: [{ name: 'a', count: '1' }, { name: 2, count: 2 }, {}] },
    { lines: [] },
  ]) {
    results.push(await Promise.resolve(order(value, '')).then(() => 'fine', (error: AggregateError) => [error.message, ...error.errors.map(String)]));
  }
  return results;
}
