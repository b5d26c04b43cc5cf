const seen = new Map<object, number>();
const tag = (strings: TemplateStringsArray, ...values: unknown[]) => {
  seen.set(strings, (seen.get(strings) ?? 0) + 1);
  return { strings, values };
};
const render = (value: unknown) => tag`a\n${value}b`;

export default async function main() {
  const first = render(1);
  await null;
  const second = render(await Promise.resolve(2));
  await null;
  return [
    first.strings === second.strings,
    first.strings.raw === second.strings.raw,
    first,
    second,
    seen.size,
    seen.get(first.strings),
  ];
}
