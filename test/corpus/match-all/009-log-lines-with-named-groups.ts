const LINE = /^(?<time>\d\d:\d\d) \[(?<level>info|warn|error)\] (?<text>.*?)(?: \((?<pairs>[^)]*)\))?$/gm;
const PAIR = /(?<key>\w+)=(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>\S+))/g;
const log = `10:00 [info] started (port=80 host="a b")
10:05 [warn] slow
nonsense
10:07 [error] failed (code=7 why="said \\"no\\"" why=again)
10:09 [info] end ()`;
export default async function run() {
  const entries: unknown[] = [];
  for (const { groups, index } of log.matchAll(LINE)) {
    const { time, level, text, pairs } = groups!;
    await null;
    const values: Record<string, string[]> = {};
    for (const { groups: pair } of (pairs ?? '').matchAll(PAIR)) {
      (values[pair!['key']!] ??= []).push(await (pair!['quoted']?.replaceAll(/\\(.)/g, '$1') ?? pair!['plain']!));
    }
    entries.push([index, time, level, text, values]);
  }
  const sticky = /(?:(?<word>[a-z]+)|(?<number>\d+)|(?<space> +))/y;
  const tokens: string[] = [];
  for (let match; (match = sticky.exec('ab 12  c3!x')); await null) {
    const [kind, text] = Object.entries(match.groups!).find(([, value]) => value !== undefined)!;
    tokens.push(`${kind}:${text}@${match.index}-${sticky.lastIndex}`);
  }
  const money = 'was $12.50, now €9 or £7.25'.matchAll(/(?<=(?<sign>[$€£]))(?<units>\d+)(?:\.(?<part>\d\d))?(?!\d)/gu);
  const first = money.next().value!.groups;
  await null;
  const others = [...money].map(({ groups }) => ({ ...groups }));
  const dates = '2024-02-29 and 1999-12-31'.replace(/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/g, (...args) => {
    const { y, m, d } = args.at(-1) as Record<string, string>;
    return `${d}.${m}.${y}`;
  });
  const withIndices = /(?<a>x+)(?<b>y)?/d.exec('..xxz')!;
  await null;
  return [entries, tokens, sticky.lastIndex, { ...first }, others, dates, withIndices.indices!.groups!['a'], withIndices.indices!.groups!['b']];
}
