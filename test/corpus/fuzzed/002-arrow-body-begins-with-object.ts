/** An arrow function whose whole body is an expression that begins with an object literal. */
class Box {
  a = 1;
}

export default async function main() {
  const isBox = () => ({ a: 1 }) instanceof Box;
  const sum = (x: number) => ({ a: x }).a + 1;
  const text = () => `${{ a: 2 }.a}` + '!';
  const chosen = (x: number) => ({ a: x }).a > 1 ? 'more' : 'less';
  const tagged = () => ({ tag: (parts: TemplateStringsArray) => parts.raw.join('-') }).tag`a${1}b`;
  const nested = async (x: number) => ({ a: x }).a === (await x);
  const assigned = () => (({ a: 1 } as Record<string, number>)['b'] = 5);
  return [isBox(), sum(1), text(), chosen(1), chosen(2), tagged(), await nested(3), assigned()];
}
