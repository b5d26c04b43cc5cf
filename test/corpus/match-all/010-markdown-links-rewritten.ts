/** Pieces between matches are copied, each match is replaced by what an async function gives, with d-flag positions. */
async function replaceAsync(text: string, pattern: RegExp, make: (match: RegExpExecArray) => Promise<string>) {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    out += text.slice(at, match.index) + (await make(match));
    at = match.index + match[0].length;
  }
  return out + text.slice(at);
}
export default async function main() {
  const titles = new Map([['a.md', 'Alpha'], ['b.md', 'Beta']]);
  const text = 'See [x](a.md), [](b.md) and [keep](http://c) - [gone](d.md).';
  const spans: unknown[] = [];
  const done = await replaceAsync(text, /\[([^\]]*)\]\((?!http)([^)]+)\)/dg, async (match) => {
    spans.push(match.indices![2]);
    const [, label, target] = match;
    const title = await titles.get(target!);
    return title === undefined ? label! : `<${label || title}>`;
  });
  const upper = await replaceAsync('naïve 👩‍👧 café', /\p{L}+/gu, async ([word]) => word.toUpperCase());
  return { done, upper, spans, none: await replaceAsync('abc', /z/g, async () => 'never') };
}
