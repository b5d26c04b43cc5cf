const seen: TemplateStringsArray[] = [];
function tag(strings: TemplateStringsArray, value: number) {
  seen.push(strings);
  return value;
}
async function site(n: number) {
  return tag`site ${await n} end`;
}
export default async function main() {
  await site(1);
  const first = seen[0]!;
  await site(2);
  for (let i = 0; i < 2; i++) tag`other ${await i}`;
  return {
    sameSite: seen[1] === first,
    sameLoop: seen[2] === seen[3],
    otherSite: seen[2] === first,
    frozen: Object.isFrozen(first) && Object.isFrozen(first.raw),
  };
}
