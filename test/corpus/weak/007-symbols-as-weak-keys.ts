const MODULE = Symbol('module');

export default async function main() {
  const local = Symbol('local');
  const map = new WeakMap<WeakKey, string>();
  const set = new WeakSet<WeakKey>();
  map.set(MODULE, 'm').set(local, 'l').set(Symbol.iterator, 'well known');
  set.add(local);
  const holder = { [local]: 1 };
  await null;
  const [again] = Object.getOwnPropertySymbols(holder);
  let refused = '';
  try {
    map.set(Symbol.for('registered'), 'no');
  } catch (error: any) {
    refused = error.constructor.name;
  }
  return [map.get(MODULE), map.get(again!), map.get(Symbol.iterator), set.has(again!), refused];
}
