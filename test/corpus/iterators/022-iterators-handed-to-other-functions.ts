/** Parsing with one iterator that several functions advance. */
type Tokens = Iterator<string> & { peeked?: IteratorResult<string> };
function peek(tokens: Tokens) {
  return (tokens.peeked ??= tokens.next()).value as string | undefined;
}
function take(tokens: Tokens) {
  const value = peek(tokens);
  delete tokens.peeked;
  return value!;
}
async function sum(tokens: { inner: Tokens }): Promise<number> {
  let total = await product(tokens);
  while (peek(tokens.inner) === '+') {
    take(tokens.inner);
    total += await product(tokens);
  }
  return total;
}
async function product(tokens: { inner: Tokens }): Promise<number> {
  let total = await atom(tokens);
  while (peek(tokens.inner) === '*') {
    take(tokens.inner);
    total *= await atom(tokens);
  }
  return total;
}
async function atom(tokens: { inner: Tokens }): Promise<number> {
  await null;
  const token = take(tokens.inner);
  if (token !== '(') return Number(token);
  const value = await sum(tokens);
  take(tokens.inner);
  return value;
}
export default async function main() {
  const evaluate = (text: string) => {
    const words = text.split(' ').values();
    const inner: Tokens = { next: () => words.next() };
    return sum({ inner });
  };
  return [await evaluate('1 + 2 * 3'), await evaluate('( 1 + 2 ) * ( 3 + 4 ) * 2'), await evaluate('7')];
}
