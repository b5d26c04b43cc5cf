export default async function main() {
  const registered = Symbol.for('corpus');
  const object: any = { [registered]: 1, [Symbol.iterator]: null, [Symbol.toStringTag]: 'Tagged' };
  const list = [registered, Symbol.iterator, Symbol.asyncDispose];
  const map = new Map([[registered, 'by symbol']]);
  await null;
  return { object, list, same: list[1] === Symbol.iterator, map: map.get(Symbol.for('corpus')), tag: String(object), key: Symbol.keyFor(registered) };
}
