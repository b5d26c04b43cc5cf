class Tree {
  readonly value: number;
  readonly left: Tree | undefined;
  readonly right: Tree | undefined;
  static made = 0;

  constructor(value: number, left?: Tree, right?: Tree) {
    this.value = value;
    this.left = left;
    this.right = right;
    Tree.made++;
  }

  *[Symbol.iterator](): Generator<number> {
    if (this.left) yield* this.left;
    yield this.value;
    if (this.right) yield* this.right;
  }

  *breadthFirst(): Generator<number> {
    const queue: Tree[] = [this];
    for (let at = queue.shift(); at; at = queue.shift()) {
      yield at.value;
      if (at.left) queue.push(at.left);
      if (at.right) queue.push(at.right);
    }
  }

  static *chain(length: number): Generator<Tree> {
    for (let n = 0; n < length; n++) yield new this(n);
  }
}

export default async function main() {
  const tree = new Tree(4, new Tree(2, new Tree(1), new Tree(3)), new Tree(6, new Tree(5)));
  const order: number[] = [];
  for (const value of tree) {
    await null;
    order.push(value);
  }
  const wide: number[] = [];
  const it = tree.breadthFirst();
  for (let step = it.next(); !step.done; step = it.next()) {
    await null;
    wide.push(step.value);
  }
  const chain = Tree.chain(3);
  const first = chain.next().value as Tree;
  await null;
  return { order, wide, spread: [...tree], first: first.value, rest: [...chain].map((t) => t.value), made: Tree.made };
}
