type Graph = Record<string, Record<string, number>>;
async function shortest(neighbours: (node: string) => Promise<[string, number][]>, from: string, to: string) {
  const distance = new Map<string, number>([[from, 0]]);
  const previous = new Map<string, string>();
  const open = new Set([from]);
  const visited: string[] = [];
  while (open.size > 0) {
    let best: string | undefined;
    for (const node of open) if (best === undefined || distance.get(node)! < distance.get(best)!) best = node;
    open.delete(best!);
    visited.push(best!);
    if (best === to) break;
    for (const [next, cost] of await neighbours(best!)) {
      const through = distance.get(best!)! + (await cost);
      if (through < (distance.get(next) ?? Infinity)) {
        distance.set(next, through);
        previous.set(next, best!);
        open.add(next);
      }
    }
  }
  if (!distance.has(to)) return { cost: Infinity, path: null, visited };
  const path = [to];
  for (let node = previous.get(to); node !== undefined; node = previous.get(node)) path.unshift(node);
  return { cost: distance.get(to)!, path, visited };
}
export default async function main() {
  const graph: Graph = { a: { b: 7, c: 3 }, b: { d: 2 }, c: { b: 1, d: 8 }, d: { e: 1 }, e: {}, island: {} };
  const neighbours = async (node: string) => { await null; return Object.entries(graph[node]!); };
  return [await shortest(neighbours, 'a', 'e'), await shortest(neighbours, 'a', 'island')];
}
