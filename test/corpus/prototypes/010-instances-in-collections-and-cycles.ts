export default async function main(): Promise<unknown> {
  function Tree(this: any, name: string, parent?: any) {
    this.name = name;
    this.parent = parent;
    this.children = [];
    if (parent) parent.children.push(this);
  }
  Tree.prototype.path = function (this: any): string {
    return this.parent ? `${this.parent.path()}/${this.name}` : this.name;
  };
  const Make = Tree as any;
  const root = new Make('root');
  const leaf = new Make('leaf', new Make('branch', root));
  const seen = new Set([root, leaf]);
  const byNode = new Map([[leaf, 'leaf']]);
  await null;
  const other = new Make('other', root);
  await null;
  return [
    leaf.path(),
    other.path(),
    seen.has(root),
    byNode.get(leaf),
    root.children.length,
    root.children[0].children[0] === leaf,
    [...seen].every((node) => node instanceof Make),
  ];
}
