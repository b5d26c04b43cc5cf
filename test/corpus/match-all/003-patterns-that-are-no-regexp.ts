/** Strings, undefined, numbers, and what throws at once. */
export default async function main() {
  const text = 'a.b.undefined.5';
  const out: unknown[] = [];
  for (const pattern of ['.', undefined, null, 5, 'a.', '[', /plain/, '(?<n>b)', [/x/]]) {
    try {
      const matches = text.matchAll(pattern as never);
      await null;
      out.push([...matches].map((match) => [match.index, match[0], match.groups && { ...match.groups }]));
    } catch (error) {
      out.push((error as Error).constructor.name);
    }
  }
  try {
    String.prototype.matchAll.call(null, /x/g);
  } catch (error) {
    out.push((error as Error).message);
  }
  const fromNumber = String.prototype.matchAll.call(12321 as never, /2/g);
  await null;
  out.push([...fromNumber].length);
  return out;
}
