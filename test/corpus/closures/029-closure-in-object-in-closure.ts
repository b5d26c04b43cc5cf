export default async function main() {
  const makeTree = (depth: number): any => {
    let visits = 0;
    const children = depth > 0 ? [makeTree(depth - 1), makeTree(depth - 1)] : [];
    return { visit: async (): Promise<number> => { visits++; let sum = visits; for (const c of children) sum += await c.visit(); return sum; }, get visits() { return visits; }, children };
  };
  const root = makeTree(2);
  const first = await root.visit();
  await root.children[0].visit();
  return { first, second: await root.visit(), visits: [root.visits, root.children[0].visits, root.children[1].visits, root.children[0].children[1].visits] };
}
