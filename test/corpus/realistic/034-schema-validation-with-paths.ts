interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
type Check = (value: any, path: Issue['path']) => AsyncGenerator<Issue, any>;
const at = (path: Issue['path'], message: string): Issue => ({ path, message });
const type = (name: string): Check =>
  async function* (value, path) {
    await null;
    if (typeof value !== name) yield at(path, `is ${value === null ? 'null' : typeof value}, not ${name}`);
    return value;
  };
const list = (item: Check, { min = 0 } = {}): Check =>
  async function* (value, path) {
    if (!Array.isArray(value)) return yield at(path, 'is no list');
    if (value.length < min) yield at(path, `has ${value.length} of ${min}`);
    const made: unknown[] = [];
    for (const [index, one] of value.entries()) made.push(yield* item(one, [...path, index]));
    return made;
  };
const record = (fields: Record<string, Check>): Check =>
  async function* (value, path) {
    if (typeof value !== 'object' || value === null) return yield at(path, 'is no object');
    const made: Record<string, unknown> = {};
    for (const [key, check] of Object.entries(fields)) {
      if (key in value || !key.endsWith('?')) made[key.replace('?', '')] = yield* check(value[key.replace('?', '')], [...path, key.replace('?', '')]);
    }
    for (const key of Object.keys(value)) if (!(key in fields) && !(`${key}?` in fields)) yield at([...path, key], 'is unknown');
    return made;
  };
const where = (check: Check, test: (value: any) => unknown, message: string): Check =>
  async function* (value, path) {
    let clean = true;
    const issues = check(value, path);
    let step = await issues.next();
    for (; !step.done; step = await issues.next()) {
      clean = false;
      yield step.value;
    }
    if (clean && !(await test(step.value))) yield at(path, message);
    return step.value;
  };
const order = record({
  id: where(type('string'), (id: string) => /^o\d+$/.test(id), 'is no id'),
  lines: list(where(record({ sku: type('string'), qty: type('number') }), async ({ qty }) => (await qty) > 0, 'orders nothing'), { min: 1 }),
});
async function validate(check: Check, value: unknown, limit = Infinity) {
  const found: string[] = [];
  const run = check(value, []);
  for (;;) {
    const step = await run.next();
    if (step.done) return { found, value: step.value };
    found.push(`/${step.value.path.join('/')} ${step.value.message}`);
    if (found.length >= limit) return { found, value: (await run.return('stopped')).value };
  }
}
export default async function run() {
  return [
    await validate(order, { id: 'o1', lines: [{ sku: 'a', qty: 1 }] }),
    await validate(order, { id: 'x', lines: [], extra: 1 }),
    await validate(order, { lines: [{ sku: 1 }, null, { sku: 'b', qty: 0 }, 7] }),
    await validate(order, { lines: [{ sku: 1 }, null] }, 2),
    await validate(order, null),
    await validate(list(list(type('bigint'))), [[1n, 2], 'x', [3n]]),
  ];
}
