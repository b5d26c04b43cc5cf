/** Two branches share a segment iterator; the segments object serves a third. */
export default async function main() {
  const sentences = new Intl.Segmenter('en', { granularity: 'sentence' }).segment('One. Two! Three? Four.');
  const shared = sentences[Symbol.iterator]();
  const log: string[] = [];
  const reader = async (name: string) => {
    for (const { segment } of shared) {
      log.push(`${name} ${segment.trim()}`);
      await null;
    }
  };
  const own = (async () => {
    let count = 0;
    for (const { input } of sentences) {
      count += input.length;
      await null;
    }
    return count;
  })();
  await Promise.all([reader('a'), reader('b')]);
  return { log, own: await own, end: shared.next() };
}
