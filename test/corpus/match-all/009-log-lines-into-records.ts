/** Named groups of many lines, some matches kept over suspensions, the rest of the iterator used by another function. */
const LINE = /^(?<level>INFO|WARN|ERROR) (?<at>\d{2}:\d{2}) (?<text>.*?)(?: \[(?<tags>[^\]]*)\])?$/gm;
const TEXT = `INFO 10:00 started [boot,core]
garbage
WARN 10:05 slow answer
ERROR 10:06 no answer [net]
INFO 10:07 stopped []`;
async function count(rest: Iterable<RegExpExecArray>) {
  const levels: Record<string, number> = {};
  for (const { groups } of rest) {
    await null;
    levels[groups!['level']!] = (levels[groups!['level']!] ?? 0) + 1;
  }
  return levels;
}
export default async function main() {
  const matches = TEXT.matchAll(LINE);
  const { value: first } = matches.next();
  await null;
  const { value: second } = matches.next();
  const levels = await count(matches);
  const describe = (match: RegExpExecArray) => ({ ...match.groups, index: match.index, all: match.length });
  return { first: describe(first!), second: describe(second!), levels, lastIndex: LINE.lastIndex, again: [...TEXT.matchAll(LINE)].length };
}
