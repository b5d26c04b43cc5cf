/** Members, patterns and variables as targets; closures over each key; the target of a suspended loop. */
export default async function main() {
  const holder: { key?: string; list: string[] } = { list: [] };
  const log: unknown[] = [];
  for (holder.key in { a: 1, b: 2 }) {
    await null;
    log.push(holder.key);
  }
  let index = 0;
  for (holder.list[index++] in { c: 1, d: 2 }) await null;
  const closures: (() => string)[] = [];
  for (let key in { e: 1, f: 2 }) {
    closures.push(() => key);
    await null;
    key += '!';
  }
  for (const [first, second = 'none'] in { xy: 1, z: 2 }) {
    log.push([first, second]);
    await null;
  }
  let outer;
  for (outer in { last: 1 });
  await null;
  for (var hoisted in { one: 1, two: 2 }) {
    if (hoisted === 'one') continue;
    await null;
    break;
  }
  return { log, holder, closures: closures.map((closure) => closure()), outer, hoisted: hoisted! };
}
