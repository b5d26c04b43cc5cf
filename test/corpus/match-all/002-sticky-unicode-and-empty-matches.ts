/** Empty matches advance by code units or code points; sticky patterns end early. */
export default async function main() {
  const text = 'a😀b';
  const out: unknown[] = [];
  for (const pattern of [/(?:)/g, /(?:)/gu, /x*/gv, /[ab]?/gy, /\b/g, /$/gm, /😀?/gu]) {
    const positions: unknown[] = [];
    const matches = text.matchAll(pattern);
    for (const match of matches) {
      positions.push([match.index, match[0].length]);
      await null;
    }
    out.push([pattern.source, pattern.flags, positions, matches.next()]);
  }
  return out;
}
