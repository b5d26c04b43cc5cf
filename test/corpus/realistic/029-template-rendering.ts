/** Templates with async holes, loops and conditions, escaped unless marked; the renderer recurses through closures. */
type Part = string | ((data: Data) => Promise<Raw | string | undefined>);
type Data = Record<string, unknown>;
class Raw {
  constructor(readonly text: string) {}
}
const escape = (text: string) => text.replace(/[<>&"]/g, (char) => `&#${char.codePointAt(0)};`);
async function render(parts: readonly Part[], data: Data): Promise<Raw> {
  let out = '';
  for (const part of parts) {
    if (typeof part === 'string') out += part;
    else {
      const made = await part(data);
      out += made instanceof Raw ? made.text : escape(made ?? '');
    }
  }
  return new Raw(out);
}
const html = (strings: TemplateStringsArray, ...holes: Exclude<Part, string>[]): Part[] =>
  strings.flatMap((text, index): Part[] => (index < holes.length ? [text, holes[index]!] : [text]));
const field = (name: string) => async (data: Data) => {
  const value = await data[name];
  return value === undefined ? undefined : String(value);
};
const each = (name: string, body: Part[]) => async (data: Data) => {
  let all = '';
  let index = 0;
  for await (const item of data[name] as Iterable<unknown>) all += (await render(body, { ...data, item, index: index++ })).text;
  return new Raw(all);
};
const when = (name: string, yes: Part[], no: Part[] = []) => async (data: Data) => render((await data[name]) ? yes : no, data);
export default async function main() {
  const row = html`<li>${field('index')}: ${field('item')}</li>`;
  const page = html`<h1>${field('title')}</h1><ul>${each('items', row)}</ul>${when('admin', html`<b>${field('secret')}</b>`, html`<i>no</i>`)}`;
  const data = { title: Promise.resolve('A & B'), items: ['<x>', Promise.resolve('"y"')], secret: '1 < 2' };
  const pages = [await render(page, { ...data, admin: true }), await render(page, { ...data, items: new Set([7]), admin: Promise.resolve(0) })];
  return pages.map(({ text }) => text);
}
