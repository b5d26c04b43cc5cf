export default async function main() {
  const object = {
    [Symbol.toPrimitive]: (hint: string) => (hint === 'number' ? 42 : `as ${hint}`),
    [Symbol.toStringTag]: 'Custom',
    [Symbol.isConcatSpreadable]: true,
    length: 2,
    0: 'a',
    1: 'b',
  };
  const matcher: any = { [Symbol.replace]: (text: string, by: string) => `${text}|${by}`, [Symbol.split]: (text: string) => [...text], [Symbol.search]: () => 7 };
  const even: any = { [Symbol.hasInstance]: (value: number) => value % 2 === 0 };
  await null;
  return [+(object as any), `${object as any}`, Object.prototype.toString.call(object), ([] as unknown[]).concat(object as never), 'x'.replace(matcher, 'y'), 'ab'.split(matcher), 'q'.search(matcher), (2 as any) instanceof even, (3 as any) instanceof even];
}
