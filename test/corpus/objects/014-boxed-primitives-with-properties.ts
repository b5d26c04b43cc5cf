export default async function main() {
  const text: any = Object('abc');
  text.note = { text };
  const number: any = Object.freeze(Object.assign(Object(-0), { unit: 'm' }));
  const big: any = Object(10n ** 30n);
  await null;
  return [text[1], text.length, text.note.text === text, Object.keys(text), Object.is(number.valueOf(), -0), number.unit, Object.isFrozen(number), big + 1n, typeof big, [...text], Reflect.set(text, 0, 'z')];
}
