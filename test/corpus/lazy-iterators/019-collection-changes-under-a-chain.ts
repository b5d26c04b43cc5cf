/** A map that a chain of helpers reads from changes before and after every restore. */
export default async function main() {
  const stock = new Map([
    ['apple', 3],
    ['pear', 0],
    ['plum', 7],
  ]);
  const low = stock
    .entries()
    .filter(([, count]) => count < 5)
    .map(([name, count]) => `${name} ${count}`);
  const log = [low.next().value];
  await null;
  stock.delete('pear');
  stock.set('fig', 1);
  stock.set('apple', 4);
  log.push(low.next().value);
  await null;
  stock.set('pear', 2);
  stock.delete('fig');
  log.push(low.next().value);
  await null;
  stock.set('kiwi', 4);
  log.push(low.next().value);
  await null;
  log.push(low.next().value);
  stock.set('too late', 1);
  await null;
  log.push(low.next().value);
  return log;
}
