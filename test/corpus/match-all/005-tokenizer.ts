/** A tokenizer on top of matchAll and map, with one token of lookahead, suspended at each token. */
interface Token {
  kind: string;
  text: string;
  at: number;
}
function tokens(source: string): Iterator<Token> {
  return source
    .matchAll(/(?<space>\s+)|(?<number>\d+(?:\.\d+)?)|(?<name>[a-z_]\w*)|(?<sign>[-+*/()=])|(?<bad>.)/giu)
    .filter((match) => match.groups!['space'] === undefined)
    .map((match) => {
      const kind = Object.keys(match.groups!).find((name) => match.groups![name] !== undefined)!;
      return { kind, text: match[0], at: match.index };
    });
}
export default async function main() {
  const stream = tokens('total = 3.5 * (rate_1 - 2) ?');
  const out: string[] = [];
  let ahead = stream.next();
  while (!ahead.done) {
    const { kind, text, at } = ahead.value;
    await null;
    ahead = stream.next();
    out.push(`${at}:${kind}:${text}${ahead.done ? '' : ` before ${ahead.value.kind}`}`);
    await null;
  }
  return out;
}
