/** Breadth-first search with a for-of over the list that the loop itself makes longer. */
export default async function main() {
  const graph: Record<string, string[]> = { a: ['b', 'c'], b: ['d'], c: ['d', 'e'], d: ['a'], e: [] };
  const order = ['a'];
  const seen = new Set(order);
  for (const node of order) {
    for (const next of graph[node]!) {
      await null;
      if (seen.has(next)) continue;
      seen.add(next);
      order.push(next);
    }
  }
  const visited: string[] = [];
  for (const node of seen) {
    await null;
    visited.push(node);
    if (visited.length < 8) seen.add(`${node}'`);
  }
  return { order, visited };
}
