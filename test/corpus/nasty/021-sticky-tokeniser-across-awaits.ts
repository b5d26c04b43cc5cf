export default async function main() {
  const source = 'let x1 = 42 + y;';
  const re = /\s*(?:(?<word>[a-z]\w*)|(?<num>\d+)|(?<punct>[=+;]))/y;
  const tokens: string[] = [];
  let match: RegExpExecArray | null;
  while ((match = re.exec(source)) !== null) {
    const [kind, text] = Object.entries(match.groups!).find(([, v]) => v !== undefined)!;
    await null;
    tokens.push(`${kind}:${text}@${re.lastIndex}`);
    if (re.lastIndex === source.length) break;
  }
  return { tokens, re };
}
