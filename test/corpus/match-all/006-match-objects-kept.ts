/** Match objects held over suspension points keep index, input, groups and indices. */
export default async function main() {
  const matches = 'k1=v1;k2=v2'.matchAll(/(?<key>\w+)=(?<value>\w+)/dg);
  const first = matches.next().value!;
  await null;
  const second = matches.next().value!;
  await null;
  const describe = (match: RegExpExecArray) => ({
    list: [...match],
    index: match.index,
    input: match.input,
    groups: { ...match.groups },
    indices: match.indices!.map((pair) => [...pair]),
    named: { ...match.indices!.groups },
    nullPrototype: Object.getPrototypeOf(match.groups) === null,
    array: Array.isArray(match),
  });
  return { first: describe(first), second: describe(second), end: matches.next() };
}
