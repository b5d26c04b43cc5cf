export default async function main() {
  const make = (name?: string) => Symbol(name);
  const symbols = [make('a'), make('a'), make(''), make()];
  const object: any = {};
  symbols.forEach((symbol, index) => (object[symbol] = index));
  await null;
  const values = symbols.map((symbol) => object[symbol]);
  symbols.push(make('a'));
  await null;
  return [values, symbols.map((symbol) => symbol.description), new Set(symbols).size, Object.getOwnPropertySymbols(object).map((symbol) => symbols.indexOf(symbol))];
}
