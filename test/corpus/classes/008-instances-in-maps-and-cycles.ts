class Node1 {
  #children: Node1[] = [];
  parent: Node1 | null = null;
  constructor(readonly name: string) {}
  add(child: Node1) {
    this.#children.push(child);
    child.parent = this;
    return this;
  }
  async names(): Promise<string[]> {
    const names = [this.name];
    for (const child of this.#children) names.push(...(await child.names()));
    return names;
  }
  first() { return this.#children[0]; }
}
export default async function main() {
  const root = new Node1('root');
  const leaf = new Node1('leaf');
  root.add(new Node1('branch').add(leaf)).add(new Node1('other'));
  const map = new Map<Node1, string>([[root, 'is root'], [leaf, 'is leaf']]);
  const set = new Set([leaf]);
  await null;
  return [await root.names(), map.get(leaf.parent!.parent!), set.has(root.first()!.first()!), map.get(leaf), leaf.parent === root.first()];
}
