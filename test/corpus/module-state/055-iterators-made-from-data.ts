import { checkpoint } from 'waymark';
const it = Iterator.from([1, 2, 3, 4]);
const vals = [5, 6, 7].values();
const gen = (function* () { yield 1; yield 2; yield 3; })();
export default async function main() {
  const a = [it.next().value, vals.next().value, gen.next().value];
  await checkpoint();
  a.push(it.next().value, vals.next().value, gen.next().value);
  await checkpoint();
  return [a, [...it], [...vals], [...gen]];
}
