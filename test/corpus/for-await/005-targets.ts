const rows = async function* () {
  yield { id: 1, tags: ['a', 'b'] };
  await null;
  yield { id: 2, tags: [] as string[] };
};

export default async function main() {
  const log: unknown[] = [];
  for await (const {
    id,
    tags: [first = 'none', ...rest],
  } of rows())
    log.push([id, first, rest]);
  let outer: unknown;
  for await (outer of rows()) log.push((outer as { id: number }).id);
  const holder: { row?: unknown; list: unknown[] } = { list: [] };
  for await (holder.row of rows()) holder.list.push(holder.row);
  for await ([holder.list[0]] of [[5], [6]]) log.push(holder.list[0]);
  for await (const { id, extra = await Promise.resolve(id * 10) } of rows() as AsyncIterable<{ id: number; extra?: number }>)
    log.push(extra);
  for await (var leaked of rows()) await null;
  log.push(leaked!.id, outer, holder);
  return log;
}
