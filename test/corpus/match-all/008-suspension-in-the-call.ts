/** await in the text and in the pattern of the call; several match iterators at the same time. */
export default async function main() {
  const text = async () => (await null, 'aXbXc');
  const pattern = async (source: string) => (await null, new RegExp(source, 'g'));
  const left = (await text()).matchAll(await pattern('X'));
  const right = 'abc'.matchAll(await pattern('.'));
  const pairs: unknown[] = [];
  for (;;) {
    const a = right.next();
    await null;
    const b = left.next();
    pairs.push([a.value?.[0], b.value?.index]);
    if (a.done) break;
  }
  return { pairs, positions: Array.from('x1y22'.matchAll(/\d+/g), (match) => match.index) };
}
