type Tag = (strings: TemplateStringsArray, value: number) => number;
async function site(tag: Tag, n: number) {
  return tag`site ${await n} end`;
}
export default async function main() {
  const seen: TemplateStringsArray[] = [];
  const tag: Tag = (strings, value) => {
    seen.push(strings);
    return value;
  };
  await site(tag, 1);
  const first = seen[0]!;
  await site(tag, 2);
  for (let i = 0; i < 2; i++) tag`other ${await i}`;
  return {
    sameSite: seen[1] === first,
    sameLoop: seen[2] === seen[3],
    otherSite: seen[2] === first,
    frozen: Object.isFrozen(first) && Object.isFrozen(first.raw),
  };
}
