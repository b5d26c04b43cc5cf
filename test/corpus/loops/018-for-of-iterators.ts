export default async function main() {
  const log: unknown[] = [];
  const list = ['a', 'b'];
  for (const [index, item] of list.entries()) log.push(await index, item);
  for (const key of list.keys()) log.push(await key);
  for (const value of new Map([['k', 'v']]).values()) log.push(await value);
  for (const [a, b] of new Set(['s']).entries()) log.push((await a) + b);
  for (const [key, value] of Object.entries({ x: 1, y: 2 })) log.push((await key) + value);
  for (const match of 'a1b22'.matchAll(/[a-z](\d+)/g)) log.push(match[1]);
  const iterator = [1, 2, 3, 4][Symbol.iterator]();
  iterator.next();
  for (const n of iterator) {
    log.push(await n);
    if (n === 3) break;
  }
  log.push(iterator.next());
  return log;
}
