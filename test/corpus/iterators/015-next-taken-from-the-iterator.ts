/** `next` as a value: called on other iterators of its kind, refused for the others. */
export default async function main() {
  const list = [1, 2, 3].values();
  const other = ['x', 'y'].entries();
  const { next } = list;
  const log: unknown[] = [next.call(list), next.call(other as never)];
  await null;
  log.push(next === other.next, (next as unknown) === new Map().keys().next, next.name, next.length);
  await null;
  for (const wrong of [new Map().keys(), new Set().values(), {}, null, 'text']) {
    try {
      next.call(wrong as never);
      log.push('fine');
    } catch (error) {
      log.push((error as Error).constructor.name);
    }
    await null;
  }
  log.push(next.call(list), next.call(other as never));
  return log;
}
