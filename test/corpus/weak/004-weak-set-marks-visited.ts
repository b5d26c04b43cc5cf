export default async function main() {
  const visited = new WeakSet<object>();
  const graph: any = { name: 'a', next: [{ name: 'b', next: [] }, { name: 'c', next: [] }] };
  graph.next[1].next.push(graph, graph.next[0]);
  const order: string[] = [];
  async function visit(node: any): Promise<void> {
    if (visited.has(node)) return;
    visited.add(node);
    order.push(node.name);
    for (const next of node.next) {
      await null;
      await visit(next);
    }
  }
  await visit(graph);
  return [order, visited.has(graph), visited.delete(graph), visited.has(graph), visited.has(graph.next[0])];
}
