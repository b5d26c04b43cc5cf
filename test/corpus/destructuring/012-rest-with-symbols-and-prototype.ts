export default async function main() {
  const tag = Symbol.for('corpus.tag');
  const base = { inherited: 1 };
  const source: any = Object.create(base, { hidden: { value: 2, enumerable: false } });
  source.a = 1;
  source.b = 2;
  source[tag] = 'tagged';
  source[5] = 'five';
  const { a, [await ('5' as any)]: five, ...rest } = source;
  await null;
  return { a, five, rest, hasInherited: 'inherited' in rest };
}
