export default async function run() {
  const made: symbol[] = [];
  for (const name of ['a', 'b']) made.push(Symbol(await name), Symbol(`${await name}!`));
  const [first] = made;
  await null;
  const spread = Symbol(...([await 'spread'] as const));
  const none = Symbol(await undefined);
  const holder = { [Symbol(await 'key')]: 1, [first!]: 2 };
  await null;
  const keys = Object.getOwnPropertySymbols(holder);
  return [made.map(String), spread.description, none.description, keys.map(String), holder[first!], keys[1] === first, new Set([...made, ...keys]).size];
}
