abstract class Expr {
  abstract accept<T>(visitor: Visitor<T>): Promise<T>;
}
interface Visitor<T> {
  num(node: Num): Promise<T>;
  add(node: Add): Promise<T>;
}
class Num extends Expr {
  constructor(readonly value: number) {
    super();
  }
  accept<T>(visitor: Visitor<T>) {
    return visitor.num(this);
  }
}
class Add extends Expr {
  constructor(
    readonly left: Expr,
    readonly right: Expr,
  ) {
    super();
  }
  accept<T>(visitor: Visitor<T>) {
    return visitor.add(this);
  }
}

export default async function main(): Promise<unknown> {
  const trace: string[] = [];
  class Evaluate implements Visitor<number> {
    #depth = 0;
    async num(node: Num) {
      await null;
      trace.push(`${'-'.repeat(this.#depth)}${node.value}`);
      return node.value;
    }
    async add(node: Add) {
      this.#depth++;
      const left = await node.left.accept(this);
      const right = await node.right.accept(this);
      this.#depth--;
      return left + right;
    }
  }
  const tree = new Add(new Num(1), new Add(new Num(2), new Num(3)));
  return [await tree.accept(new Evaluate()), trace];
}
