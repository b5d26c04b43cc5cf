interface Tree { name: string; children?: Tree[] }
const tree: Tree = { name: 'root', children: [{ name: 'a', children: [{ name: 'a1' }, { name: 'a2', children: [{ name: 'a2x' }] }] }, { name: 'b' }] };
async function load(node: Tree) {
  await null;
  return node.children ?? [];
}
async function walk(node: Tree, visit: (node: Tree, depth: number, path: string[]) => Promise<boolean | void>, path: string[] = []): Promise<number> {
  if ((await visit(node, path.length, path)) === false) return 1;
  let count = 1;
  for (const child of await load(node)) count += await walk(child, visit, [...path, node.name]);
  return count;
}
export default async function main() {
  const lines: string[] = [];
  const all = await walk(tree, async (node, depth) => { await null; lines.push('-'.repeat(depth) + node.name); });
  const pruned = await walk(tree, async (node) => node.name !== 'a');
  let found: string[] | undefined;
  await walk(tree, async (node, _, path) => { if (node.name === 'a2x') found = [...path, node.name]; });
  const stack = [tree];
  const order: string[] = [];
  while (stack.length) {
    const node = stack.pop()!;
    order.push(node.name);
    stack.push(...(await load(node)).toReversed());
  }
  return { all, pruned, lines, found, order };
}
