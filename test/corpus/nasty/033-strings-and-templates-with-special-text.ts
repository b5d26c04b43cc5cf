export default async function main() {
  const tag = (s: TemplateStringsArray, ...v: unknown[]) => [s.raw.join('|'), s.join('|'), v];
  const odd = tag`\`${await 1}\${not}\u{1F600}\x41${await `}`}
line 2\
joined`;
  const invalid = ((s: TemplateStringsArray) => [s[0], s.raw[0]])`\unicode and \xerxes`;
  const text = await '*/ // <!-- \u2028 \u2029 ${x} \' " `';
  const regexp = /[/\]`'"]+\/(?:\/\*)?/u;
  await null;
  return { odd, invalid, text, source: regexp.source, keyed: { 'a b': await 1, "quo'te": 2, 0x10: await 3, 1e3: 4, 1n: 5, '': await 6 } };
}
