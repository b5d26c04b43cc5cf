/** A match iterator held over suspension points; what happens to the pattern afterwards does not matter. */
export default async function main() {
  const pattern = /(?<letter>[a-z])(\d)?/g;
  pattern.lastIndex = 2;
  const matches = 'a1b2c3d'.matchAll(pattern);
  pattern.lastIndex = 99;
  await null;
  const first = matches.next();
  await null;
  const seen: unknown[] = [[first.value![0], first.value!.index, { ...first.value!.groups }, first.done]];
  for (const match of matches) {
    seen.push([match[0], match[1], match[2], match.index, match.input]);
    await null;
  }
  const after = matches.next();
  return { seen, after, lastIndex: pattern.lastIndex, tag: Object.prototype.toString.call(matches) };
}
