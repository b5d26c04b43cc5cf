export default async function main() {
  const sticky: any = /(?<word>\w+)\s*/y;
  const text = 'one two three';
  const words: string[] = [];
  for (let match = sticky.exec(text); match; match = sticky.exec(text)) {
    words.push(`${match.groups!.word}@${match.index}`);
    sticky.label = `after ${match[1]}`;
    await null;
  }
  const stuck: any = Object.defineProperty(/a/g, 'lastIndex', { value: 1, writable: false });
  await null;
  let error = '';
  try {
    stuck.test('bbb');
  } catch (caught: any) {
    error = caught.constructor.name;
  }
  return [words, sticky.label, sticky.lastIndex, error, stuck.lastIndex, /[\p{L}--[a-z]]/v.test('É')];
}
