/** Intl.Segmenter: segments held, iterated, asked by position, over suspension points. */
export default async function main() {
  const words = new Intl.Segmenter('en', { granularity: 'word' }).segment("It's 5 o'clock, 👩‍👧!");
  const iterator = words[Symbol.iterator]();
  const seen: string[] = [];
  for (const { segment, index, isWordLike } of iterator) {
    seen.push(`${index}${isWordLike ? '!' : ''}${segment}`);
    await null;
    if (seen.length === 3) break;
  }
  const at = [words.containing(0), words.containing(6), words.containing(100)];
  await null;
  const rest = [...iterator].map(({ segment }) => segment);
  const letters = new Intl.Segmenter().segment('e\u0301x')[Symbol.iterator]();
  const first = letters.next();
  await null;
  return {
    seen,
    at,
    rest,
    first,
    second: letters.next(),
    end: letters.next(),
    tags: [String(letters), String(words)],
    lazy: [...words[Symbol.iterator]().filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)],
  };
}
