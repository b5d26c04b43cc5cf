export default async function main() {
  const shared = Symbol.for('app.key');
  const odd = [Symbol.for(''), Symbol.for('undefined'), Symbol.for('\u{1F600}')];
  const object = { [shared]: 'v' };
  await null;
  return [object[Symbol.for('app.key')], Symbol.keyFor(shared), odd.map((symbol) => Symbol.keyFor(symbol)), odd[1] === Symbol.for('undefined'), Symbol.keyFor(Symbol('app.key')), shared.description];
}
