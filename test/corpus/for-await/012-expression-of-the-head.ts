export default async function main() {
  const log: unknown[] = [];
  const later = async <T>(value: T) => {
    await null;
    return value;
  };
  for await (const n of await later([1, 2])) log.push(n);
  for await (const n of (log.push('evaluated once'), [3])) log.push(n);
  let list = ['a', 'b'];
  for await (const item of list) {
    if (item === 'a') list.push('c');
    list = [...list];
    log.push(item);
  }
  const x = ['outer'];
  try {
    for await (const x of [x as unknown]) log.push(x);
  } catch (error) {
    log.push((error as Error).name);
  }
  return [log, x];
}
