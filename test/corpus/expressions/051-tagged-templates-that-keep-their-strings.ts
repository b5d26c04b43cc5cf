const seen = new WeakMap<TemplateStringsArray, number>();
let kinds = 0;
function sql(strings: TemplateStringsArray, ...values: any[]): { text: string; values: unknown[]; kind: number } {
  let kind = seen.get(strings);
  if (kind === undefined) seen.set(strings, (kind = ++kinds));
  const flat: unknown[] = [];
  const text = strings.raw.reduce((all, part, index) => {
    const value = values[index - 1];
    if (value?.text !== undefined) return flat.push(...value.values), all + value.text.replace(/\$\d+/g, () => '?') + part;
    flat.push(value);
    return `${all}$${flat.length}${part}`;
  });
  return { text, values: flat, kind };
}
const html = Object.assign(
  (strings: TemplateStringsArray, ...values: unknown[]) => String.raw({ raw: strings }, ...values.map((v) => (Array.isArray(v) ? v.join('') : String(v).replaceAll('<', '&lt;')))),
  { upper: (strings: TemplateStringsArray, ...values: any[]) => html(strings, ...values).toUpperCase() },
);
class Log {
  prefix = '>';
  readonly lines: string[] = [];
  write(strings: TemplateStringsArray, ...values: unknown[]) {
    this.lines.push(this.prefix + strings.map((s, i) => s + (values[i] ?? '')).join(''));
    return this;
  }
}
export default async function run() {
  const queries: unknown[] = [];
  for (const id of [1, 2]) {
    const where = sql`id = ${await id} and x in (${[1, 2]})`;
    await null;
    queries.push(sql`select * from t where ${where} limit ${await 10}`, where.kind);
  }
  const log = new Log();
  log.write`a${await 1}b`.write`plain`.write`${'x'}\n${await 'y'}`;
  const rows = await Promise.all(['a', '<b>'].map(async (cell) => html`<td>${await cell}</td>`));
  const page = html`<table>${rows}</table>`;
  await null;
  const raw = ((s: TemplateStringsArray) => [s[0], s.raw[0], Object.isFrozen(s), Object.isFrozen(s.raw)])`\unicode and \x`;
  const keep: TemplateStringsArray[] = [];
  const tag = (s: TemplateStringsArray) => keep.push(s);
  for (let i = 0; i < 3; i++) {
    tag`same`;
    await null;
  }
  tag`same`;
  const nested = html.upper`a${html`b${await `c${await 'd'}`}`}`;
  return [queries, kinds, log.lines, page, raw, keep.map((s) => keep.indexOf(s)), nested, await (async (s: any, v: any) => [s.length, await v])`x${Promise.resolve(7)}`];
}
